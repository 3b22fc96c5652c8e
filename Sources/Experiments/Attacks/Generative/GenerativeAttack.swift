import Kernels

/// What an attacker of an autoencoder makes smaller, beside the distance to the original image.
///
/// Kos, Fischer & Song 2017, §4: the receiver of a compressed image shall see something else. One
/// attack, one file. All of them take the encoder's mean, so nothing about them is random.
package protocol GenerativeAttack: Sendable {
  /// The loss of each row of `x: [n, pixels]` on its own, towards the row's own target, and its
  /// gradient at `x`.
  func loss(at x: Tensor) -> LossValue
}
