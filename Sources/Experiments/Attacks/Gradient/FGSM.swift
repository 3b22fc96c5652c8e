import Contract
import Kernels

/// The fast gradient sign method, x′ = x + ε·sign ∇ₓJ(θ, x, y).
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// J is the cross-entropy of the true label, formed stably from logits. On a linear model this one
/// step is the exact worst case (§5). In another norm it is the steepest step of that norm's ball.
package struct FGSM: GradientStep, AttackPiece {
  /// The word for it in the spec.
  package static let kind = "fgsm"
  /// What it is.
  package static let summary =
    "one step as long as the ball allows (Goodfellow, Shlens & Szegedy 2014, §4)"

  /// Norm, ε and clipping.
  package let ball: any NormBall
  /// The ball.
  package var threatModel: any ThreatModel { ball }
  /// Its ball.
  package var words: String { "FGSM with \(ball.words)" }

  /// One step within a ball.
  package init(_ ball: some NormBall) { self.ball = ball }

  /// Takes `norm` and what its ball takes.
  package init(options: inout OptionReader) throws(OptionError) {
    ball = try options.piece(by: "norm", of: NormCatalogue.balls)
  }

  /// One steepest step, as long as the ball allows.
  package func step(from x: Tensor, along gradient: Tensor) -> Tensor {
    ball.clipped(ball.steepestStep(from: x, along: gradient, size: ball.radius))
  }
}
