import Kernels

/// A threat model that bounds no distance: every pixel may take any value from black to white.
///
/// Attacks that look for the nearest adversarial example are judged by how far they had to go.
package struct UnitBox: ThreatModel, Hashable {
  /// The only one there is.
  package init() {}

  /// Values clipped to 0…1.
  package func project(_ x: Tensor, around center: Tensor) -> Tensor { x.clamped(to: 0...1) }
}
