import Kernels

/// `z = −Σ s²·(x − μ)²` for each output, how far the input is from its centre, as
/// `radial(inputs,outputs)`.
extension RadialBasis: NetworkLayer {
  package static let words = ["radial"]
  package var numbers: [any CustomStringConvertible] { [inputs, outputs] }
  package var sizes: (inputs: Int, outputs: Int)? { (inputs, outputs) }
  package var weightNames: [String] { ["scale", "centre"] }

  package init?(_ text: LayerText) {
    guard let n = text.positive(2) else { return nil }
    self.init(inputs: n[0], outputs: n[1])
  }
}
