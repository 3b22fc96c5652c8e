import Kernels
import Models

/// The latent attack: the code shall be the target's, J = ‖zₜ − μ(x*)‖².
///
/// Kos, Fischer & Song 2017, §4.3. zₜ is the code of one image, or the mean code of a class.
package struct LatentAttack: GenerativeAttack {
  /// Images to the means of their codes.
  package let encoder: Network
  /// The code that each row shall have, `[n, latent]`.
  package let codes: Tensor

  package init(encoder: Network, codes: Tensor) {
    self.encoder = encoder
    self.codes = codes
  }

  package func loss(at x: Tensor) -> LossValue {
    let pass = encoder.forward(x)
    let difference = pass.output - codes
    return LossValue(
      perExample: difference.rowSumsOfSquares(), gradient: pass.inputGradient(difference * 2))
  }
}
