import Kernels

/// The threat model of Goodfellow, Shlens & Szegedy 2014, §3: every pixel may move by at most ε (L∞).
///
/// It knows how to *project* and how to take the *steepest step*, so that attacks never ask for the
/// norm. ε is in pixel units, where black is 0 and white is 1. The paper mentions no clipping of the
/// result to 0…1; `clips` adds it for those who state it.
package struct Ball: ThreatModel, Hashable {
  /// The most a pixel may move.
  package let epsilon: Float
  /// Whether results are clipped to 0…1 after that.
  package let clips: Bool

  /// A ball; ε must not be negative.
  package init(epsilon: Float, clips: Bool = false) {
    precondition(epsilon >= 0, "ε cannot be \(epsilon)")
    self.epsilon = epsilon
    self.clips = clips
  }

  /// The point of the ball around `center` that is nearest to `x`.
  package func project(_ x: Tensor, around center: Tensor) -> Tensor {
    let inside = center + (x - center).clamped(to: -epsilon...epsilon)
    return clips ? inside.clamped(to: 0...1) : inside
  }

  /// The step of the ball that raises a linear function with that gradient most: ε·sign g, where
  /// sign 0 = 0, so that a pixel without influence stays.
  func steepestStep(from x: Tensor, along gradient: Tensor) -> Tensor {
    let stepped = x.adding(gradient.sign(), scaledBy: epsilon)
    return clips ? stepped.clamped(to: 0...1) : stepped
  }
}
