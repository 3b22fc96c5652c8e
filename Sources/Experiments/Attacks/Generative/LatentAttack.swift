import Kernels

/// The latent attack: the code shall be the target's, J = ‖zₜ − μ(x*)‖².
///
/// Kos, Fischer & Song 2017, §4.3. zₜ is the code of one image, or the mean code of a class.
struct LatentAttack: GenerativeAttack {
  /// Images to the means of their codes.
  let encoder: Network
  /// The code that each row shall have, `[n, latent]`.
  let codes: Tensor

  func loss(at x: Tensor) -> LossValue {
    let pass = encoder.forward(x)
    let difference = pass.output - codes
    return LossValue(
      perExample: difference.rowSumsOfSquares(), gradient: pass.inputGradient(difference * 2))
  }
}
