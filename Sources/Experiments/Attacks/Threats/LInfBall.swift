import Contract
import Kernels

/// The threat model of Goodfellow, Shlens & Szegedy 2014, §3: every pixel may move by at most ε (L∞).
///
/// ε is in pixel units, where black is 0 and white is 1. The paper mentions no clipping of the result
/// to 0…1; `clips` adds it for those who state it.
package struct LInfBall: NormBall, Hashable {
  /// The word for it in the spec.
  package static let kind = "linf"
  /// What it is.
  package static let summary = "every pixel may move by at most epsilon"

  /// The most a pixel may move.
  package let epsilon: Float
  /// Whether results are clipped to 0…1 after that.
  package let clips: Bool
  /// ε.
  package var radius: Float { epsilon }
  /// ε, and whether results are clipped.
  package var words: String { "ε = \(epsilon), " + (clips ? "clipped to 0…1" : "not clipped") }

  /// A ball; ε must not be negative.
  package init(epsilon: Float, clips: Bool = false) {
    precondition(epsilon >= 0, "ε cannot be \(epsilon)")
    self.epsilon = epsilon
    self.clips = clips
  }

  /// Takes `epsilon` in pixel units and `clip`.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(
      epsilon: Float(try options.double("epsilon", in: 0...1)), clips: try options.bool("clip"))
  }

  /// The point of the ball around `center` that is nearest to `x`.
  package func project(_ x: Tensor, around center: Tensor) -> Tensor {
    (center + (x - center).clamped(to: -epsilon...epsilon)).inBox(clips)
  }

  /// Values in 0…1 where the ball clips, any others.
  package func clipped(_ x: Tensor) -> Tensor { x.inBox(clips) }

  /// ε·sign g, where sign 0 = 0, so that a pixel without influence stays.
  package func steepestStep(from x: Tensor, along gradient: Tensor) -> Tensor {
    clipped(steepestStep(from: x, along: gradient, size: epsilon))
  }

  /// Every pixel moves by `size` in the direction of its gradient's sign.
  package func steepestStep(from x: Tensor, along gradient: Tensor, size: Float) -> Tensor {
    x.adding(gradient.sign(), scaledBy: size)
  }

  /// Each pixel uniform in ±ε of its own.
  package func randomStart(around center: Tensor, positions: [Int], seed: Seed) -> Tensor {
    let width = center.shape[1]
    let noise = Tensor.fillingRows(like: center, positions) { _, position in
      let own = seed.forked(position)
      return (0..<width).map { own.uniform(at: $0) * 2 - 1 }
    }
    return center.adding(noise, scaledBy: epsilon).inBox(clips)
  }
}
