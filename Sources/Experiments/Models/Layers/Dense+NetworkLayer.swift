import Kernels

/// `y = x·Wᵀ + b`, as `dense(inputs,outputs)`.
extension Dense: NetworkLayer {
  package static let words = ["dense"]
  package var numbers: [any CustomStringConvertible] { [inputs, outputs] }
  package var sizes: (inputs: Int, outputs: Int)? { (inputs, outputs) }

  package init?(_ text: LayerText) {
    guard let n = text.positive(2) else { return nil }
    self.init(inputs: n[0], outputs: n[1])
  }
}
