import Kernels
import Models

/// An attack that takes the gradient of the loss once, at the image as it is, and makes one step of it.
///
/// Attacks of several sizes can share that gradient, which costs more than all the rest.
package protocol GradientStep: Attack {
  /// A proposal for each row of `x: [n, features]`, given the gradient of what is to grow there.
  func step(from x: Tensor, along gradient: Tensor) -> Tensor
}

extension GradientStep {
  /// One step along the gradient of the true classes' loss, or against that of the classes aimed at.
  package func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor {
    step(from: x, along: victim.ascent(at: x, towards: aims))
  }
}
