import Kernels

/// `max(0, x)`, as `relu`.
extension ReLU: NetworkLayer {
  package static let words = ["relu"]

  package init?(_ text: LayerText) {
    guard text.numbers.isEmpty else { return nil }
    self.init()
  }
}
