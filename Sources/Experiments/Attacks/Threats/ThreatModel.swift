import Kernels

/// What an attacker may do to an image.
package protocol ThreatModel: Sendable {
  /// The allowed point nearest to `x`, where the image was `center`; rows do not see each other.
  func project(_ x: Tensor, around center: Tensor) -> Tensor
}
