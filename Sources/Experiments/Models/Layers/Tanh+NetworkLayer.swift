import Kernels

/// `tanh x`, as `tanh`.
extension Tanh: NetworkLayer {
  package static let words = ["tanh"]

  package init?(_ text: LayerText) {
    guard text.numbers.isEmpty else { return nil }
    self.init()
  }
}
