import Contract
import Kernels

/// A threat model that bounds the Euclidean length of a perturbation.
///
/// With the box 0…1 the projection is that onto the ball, then onto the box: the result lies in both,
/// since a pixel that is brought back into the box comes nearer to where it was.
package struct L2Ball: NormBall, Hashable {
  /// The word for it in the spec.
  package static let kind = "l2"
  /// What it is.
  package static let summary = "the image may move by at most epsilon, in Euclidean length"

  /// The most an image may move, in pixel units.
  package let radius: Float
  /// Whether results are clipped to 0…1 after that.
  package let clips: Bool
  /// ε with its norm, and whether results are clipped.
  package var words: String {
    "ε = \(radius) in L2, " + (clips ? "clipped to 0…1" : "not clipped")
  }

  /// A ball; ε must not be negative.
  package init(epsilon: Float, clips: Bool = false) {
    precondition(epsilon >= 0, "ε cannot be \(epsilon)")
    radius = epsilon
    self.clips = clips
  }

  /// Takes `epsilon` in pixel units and `clip`.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(
      epsilon: Float(try options.double("epsilon", in: 0...1000)), clips: try options.bool("clip"))
  }

  /// Values in 0…1 where the ball clips, any others.
  package func clipped(_ x: Tensor) -> Tensor { x.inBox(clips) }

  /// Perturbations that are too long, shortened.
  package func project(_ x: Tensor, around center: Tensor) -> Tensor {
    let moved = x - center
    let lengths = moved.rowSumsOfSquares().map { $0.squareRoot() }
    guard lengths.contains(where: { $0 > radius }) else { return x.inBox(clips) }
    return (center + moved.timesRows(by: lengths.map { $0 > radius ? radius / $0 : 1 }))
      .inBox(clips)
  }

  /// A step of that length along the gradient; a row without a gradient stays.
  package func steepestStep(from x: Tensor, along gradient: Tensor, size: Float) -> Tensor {
    // A gradient so small that its square is 0 still has a direction: it is scaled up first.
    let peaks = gradient.magnitudes().rowPeaks()
    let scaled = gradient.timesRows(by: peaks.map { $0 > 0 ? 1 / $0 : 0 })
    let lengths = scaled.rowSumsOfSquares().map { $0.squareRoot() }
    return x + scaled.timesRows(by: lengths.map { $0 > 0 ? size / $0 : 0 })
  }

  /// Uniform in the ball: a normal direction, at a distance of ε·u^(1/n).
  package func randomStart(around center: Tensor, positions: [Int], seed: Seed) -> Tensor {
    let width = center.shape[1]
    let directions = positions.map { position in
      center.workspace.normal(
        [1, width], mean: 0, deviation: 1, seed: seed.forked(position).forked("direction")
      ).values
    }
    let noise = Tensor.fillingRows(like: center, positions) { row, _ in directions[row] }
    let shares = center.workspace.tensor(
      [positions.count, 1], positions.map { max(seed.forked($0).uniform(at: 0), 0x1p-24) })
    let reach = (shares.logarithms() * (1 / Float(width))).exponentials().values
    let lengths = noise.rowSumsOfSquares().map { $0.squareRoot() }
    let steps = zip(reach, lengths).map { $1 > 0 ? radius * $0 / $1 : 0 }
    return (center + noise.timesRows(by: steps)).inBox(clips)
  }
}
