import Kernels

/// `1 / (1 + e⁻ˣ)`, as `sigmoid`.
extension Sigmoid: NetworkLayer {
  package static let words = ["sigmoid"]

  package init?(_ text: LayerText) {
    guard text.numbers.isEmpty else { return nil }
    self.init()
  }
}
