import Kernels

/// The largest of `pieces` affine maps a unit, as `maxout(inputs,units,pieces)`.
///
/// Goodfellow and others 2013.
extension Maxout: NetworkLayer {
  package static let words = ["maxout"]
  package var numbers: [any CustomStringConvertible] { [inputs, units, pieces] }
  package var sizes: (inputs: Int, outputs: Int)? { (inputs, units) }

  package init?(_ text: LayerText) {
    guard let n = text.positive(3), n[2] <= 255 else { return nil }
    self.init(inputs: n[0], units: n[1], pieces: n[2])
  }
}
