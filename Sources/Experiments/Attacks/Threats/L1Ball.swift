import Contract
import Kernels

/// A threat model that bounds the sum of what all pixels move.
///
/// With the box 0…1 the projection is that onto the ball, then onto the box, as for L2.
package struct L1Ball: NormBall, Hashable {
  /// The word for it in the spec.
  package static let kind = "l1"
  /// What it is.
  package static let summary = "the pixels may move by at most epsilon in all"

  /// The most all pixels of an image may move together, in pixel units.
  package let radius: Float
  /// Whether results are clipped to 0…1 after that.
  package let clips: Bool
  /// ε with its norm, and whether results are clipped.
  package var words: String {
    "ε = \(radius) in L1, " + (clips ? "clipped to 0…1" : "not clipped")
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
      epsilon: Float(try options.double("epsilon", in: 0...10_000)), clips: try options.bool("clip")
    )
  }

  /// Values in 0…1 where the ball clips, any others.
  package func clipped(_ x: Tensor) -> Tensor { x.inBox(clips) }

  /// The nearest point of the ball: all moves shrink by the same amount, none beyond 0.
  ///
  /// Duchi and others 2008, figure 1. Sums are in double precision, in falling order of size.
  package func project(_ x: Tensor, around center: Tensor) -> Tensor {
    guard radius > 0 else { return center }
    let moved = x - center
    let (values, width) = (moved.values, x.shape[1])
    let inside = Tensor.fillingRows(like: x, Array(0..<x.shape[0])) { row, _ in
      let own = Array(values[row * width..<(row + 1) * width])
      let shrink = threshold(own)
      return own.map { $0.magnitude > shrink ? $0 - (shrink == 0 ? 0 : $0.sign * shrink) : 0 }
    }
    return (center + inside).inBox(clips)
  }

  /// By how much every move shrinks; 0 where they are allowed as they are.
  private func threshold(_ moves: [Float]) -> Float {
    let falling = moves.map(\.magnitude).sorted(by: >)
    guard falling.reduce(0.0, { $0 + Double($1) }) > Double(radius) else { return 0 }
    var (sum, shrink) = (0.0, 0.0)
    for (i, size) in falling.enumerated() {
      sum += Double(size)
      let candidate = (sum - Double(radius)) / Double(i + 1)
      guard Double(size) > candidate else { break }
      shrink = candidate
    }
    return Float(shrink)
  }

  /// The pixel of the steepest slope moves by `size`, of equals the first; in the box, of those that
  /// can still move that way.
  package func steepestStep(from x: Tensor, along gradient: Tensor, size: Float) -> Tensor {
    let (slopes, pixels, width) = (gradient.values, x.values, x.shape[1])
    return Tensor.fillingRows(like: x, Array(0..<x.shape[0])) { row, _ in
      var own = Array(pixels[row * width..<(row + 1) * width])
      var (best, steepest) = (Int?.none, Float(0))
      for i in 0..<width {
        let slope = slopes[row * width + i]
        let isStuck = clips && (slope > 0 ? own[i] >= 1 : own[i] <= 0)
        if !isStuck, slope.magnitude > steepest { (best, steepest) = (i, slope.magnitude) }
      }
      if let best { own[best] += slopes[row * width + best].sign * size }
      return own
    }
  }

  /// Uniform in the ball: n of n + 1 exponential numbers over their sum, with random signs.
  package func randomStart(around center: Tensor, positions: [Int], seed: Seed) -> Tensor {
    let width = center.shape[1]
    let noise = Tensor.fillingRows(like: center, positions) { _, position in
      let own = seed.forked(position)
      let uniform = (0...width).map { max(own.uniform(at: $0), 0x1p-24) }
      let sizes = (center.workspace.tensor([1, width + 1], uniform).logarithms() * -1).values
      let sum = sizes.reduce(0.0) { $0 + Double($1) }
      let signs = own.forked("signs")
      return (0..<width).map { i in
        let size = sum > 0 ? Float(Double(radius) * Double(sizes[i]) / sum) : 0
        return signs.below(2, at: i) == 0 ? size : -size
      }
    }
    return (center + noise).inBox(clips)
  }
}

extension Float {
  /// −1, 0 or 1.
  fileprivate var sign: Float { self > 0 ? 1 : self < 0 ? -1 : 0 }
}
