import Contract
import Kernels

/// Rotates an image by an angle towards the gradient of its loss; its length stays.
///
/// Goodfellow, Shlens & Szegedy 2014, §4 names it among simple methods that reliably make adversarial
/// examples; it gives no angle.
///
/// x′ = cos θ·x + sin θ·‖x‖·g⊥/‖g⊥‖, where g⊥ is the part of the gradient at right angles to x. An image
/// that is black throughout, or whose gradient points along it, stays.
package struct GradientRotation: GradientStep, AttackPiece {
  /// The word for it in the spec.
  package static let kind = "rotation"
  /// What it is.
  package static let summary =
    "a turn towards the gradient at the image's own length (Goodfellow, Shlens & Szegedy 2014, §4)"

  /// The angle, as the cone that the result lies on.
  let cone: Cone
  /// The cone.
  package var threatModel: any ThreatModel { cone }
  /// Its angle.
  package var words: String {
    "a rotation towards the gradient by an angle with cosine \(cone.cosine)"
  }

  /// A rotation to the edge of a cone.
  package init(_ cone: Cone) { self.cone = cone }

  /// Takes the `cosine` of the angle: 1 is none, 0 a right angle.
  package init(options: inout OptionReader) throws(OptionError) {
    cone = Cone(cosine: try options.double("cosine", in: 0...1))
  }

  /// Each row rotated as far as the cone allows.
  package func step(from x: Tensor, along gradient: Tensor) -> Tensor {
    cone.edge(from: x, towards: gradient)
  }
}
