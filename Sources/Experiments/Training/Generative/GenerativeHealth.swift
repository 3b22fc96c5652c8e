import Contract
import Kernels
import Models

/// The ways in which a generative model breaks down: each is a failed stage, never a number.
package enum GenerativeHealth {
  /// The largest divergence that a code can carry: a byte of information would be 5.5 nats a number.
  static let largestDivergence = 1e5
  /// The least divergence, in nats an image, of codes that say anything.
  static let leastDivergence = 0.5
  /// The least spread of decoded draws of the prior, as a share of the images' own.
  static let leastSpread = 0.05

  /// Refuses measures or weights that are no numbers.
  static func requireFinite(
    _ measures: [Double], _ weights: [[Tensor]], epoch: Int
  ) throws(StageFailure) {
    guard measures.allSatisfy(\.isFinite), weights.joined().allSatisfy(\.isFinite) else {
      throw StageFailure(
        .computation,
        "a loss or a weight is no longer a finite number in epoch \(epoch); a smaller learning-rate"
          + " may help")
    }
  }

  /// Refuses a divergence that has run away.
  static func requireBounded(divergence: Double, epoch: Int) throws(StageFailure) {
    guard divergence <= largestDivergence else {
      throw StageFailure(
        .computation,
        "the divergence of the codes from their prior has exploded to"
          + " \(divergence.rounded()) nats an image in epoch \(epoch); a smaller learning-rate may help"
      )
    }
  }

  /// Refuses a model whose codes say nothing, or whose draws all look alike.
  package static func requireVariety(
    _ model: Autoencoder, like images: Tensor, divergence: Double, seed: Seed
  ) throws(StageFailure) {
    guard divergence >= leastDivergence else {
      throw StageFailure(
        .computation,
        "the posterior has collapsed: codes carry \(divergence) nats an image, fewer than"
          + " \(leastDivergence), and the decoder does without them")
    }
    let draws = images.workspace.normal(
      [images.shape[0], model.latent], mean: 0, deviation: 1, seed: seed)
    let (own, others) = (spread(model.decode(draws)), spread(images))
    guard own >= leastSpread * others else {
      throw StageFailure(
        .computation,
        "the model has collapsed to few modes: the variance among \(images.shape[0]) decoded draws of"
          + " the prior is \(own), and \(others) among as many images")
    }
  }

  /// The variance of each feature over the rows, added up.
  package static func spread(_ x: Tensor) -> Double {
    let (rows, width) = (x.shape[0], x.shape[1])
    let means = columnSums(x).values.map { Double($0) / Double(rows) }
    return x.withUnsafeBuffer { values in
      values.indices.reduce(0.0) { sum, i in
        let distance = Double(values[i]) - means[i % width]
        return sum + distance * distance
      }
    } / Double(rows)
  }
}
