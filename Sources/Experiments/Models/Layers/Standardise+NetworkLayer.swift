import Kernels

/// `(x − mean) / deviation`, as `standardise(mean,deviation)`.
extension Standardise: NetworkLayer {
  package static let words = ["standardise"]
  package var numbers: [any CustomStringConvertible] { [mean, deviation] }

  package init?(_ text: LayerText) {
    guard let n = text.reals(2), n[1] > 0 else { return nil }
    self.init(mean: n[0], deviation: n[1])
  }
}
