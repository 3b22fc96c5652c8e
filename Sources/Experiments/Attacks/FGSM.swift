import Kernels

/// The fast gradient sign method, x′ = x + ε·sign ∇ₓJ(θ, x, y).
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// J is the cross-entropy of the true label, formed stably from logits. On a linear model this one
/// step is the exact worst case (§5).
package struct FGSM: GradientStep {
  /// Norm, ε and clipping.
  let ball: Ball
  /// The ball.
  package var threatModel: any ThreatModel { ball }

  /// One step within a ball.
  package init(_ ball: Ball) { self.ball = ball }

  /// One steepest step, as long as the ball allows.
  package func step(from x: Tensor, along gradient: Tensor) -> Tensor {
    ball.steepestStep(from: x, along: gradient)
  }
}
