import Kernels

/// The numbers that the body of the authors' demonstration script starts from.
///
/// Weights, and the biases of convolutions, are normal with deviation 0.1, drawn again beyond two
/// deviations; the biases of dense layers are 0.1.
enum ScriptStart {
  private static let deviation: Float = 0.1
  private static let bias: Float = 0.1

  /// Weights and biases by turns, of the shapes of these.
  static func weights(like body: some Collection<Tensor>, seed: Seed) -> [Tensor] {
    let all = Array(body)
    return all.enumerated().map { position, like in
      let isOfConvolution = (like.shape.count > 1 ? like : all[position - 1]).shape.count > 2
      guard like.shape.count > 1 || isOfConvolution else {
        return like.workspace.tensor(
          like.shape, [Float](repeating: bias, count: like.count))
      }
      return like.workspace.truncatedNormal(
        like.shape, deviation: deviation, seed: seed.forked(position))
    }
  }
}

extension Workspace {
  /// Normal numbers with mean 0, those beyond two deviations left out and others drawn instead.
  func truncatedNormal(_ shape: [Int], deviation: Float, seed: Seed) -> Tensor {
    let count = shape.reduce(1, *)
    var kept: [Float] = []
    kept.reserveCapacity(count)
    var round = 0
    while kept.count < count {
      let missing = count - kept.count
      let drawn = normal(
        [missing + missing / 16], mean: 0, deviation: 1, seed: seed.forked(round))
      kept += drawn.values.lazy.filter { abs($0) < 2 }.prefix(missing)
      round += 1
    }
    return tensor(shape, kept.map { $0 * deviation })
  }
}
