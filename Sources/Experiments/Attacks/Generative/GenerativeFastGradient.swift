import Kernels

/// One step against an attacker's loss: x* = x − ε·sign ∇ₓJ, cut off at black and white.
///
/// Kos, Fischer & Song 2017 show that on autoencoders the fast gradient sign fails where optimisation
/// succeeds.
package struct GenerativeFastGradient: Sendable, Hashable {
  /// How far each pixel moves.
  package let ball: LInfBall

  /// A step of ε, in pixel units.
  package init(epsilon: Float) { ball = LInfBall(epsilon: epsilon, clips: true) }

  /// The image one step away from each row of `x`, given the gradient of the loss there.
  package func perturb(_ x: Tensor, gradient: Tensor) -> Tensor {
    ball.steepestStep(from: x, along: gradient * -1)
  }
}
