import Kernels

/// Keeps each value with a probability and multiplies it by `scale`, only while training, as
/// `dropout(keep,scale)`.
extension Dropout: NetworkLayer {
  package static let words = ["dropout"]
  package var numbers: [any CustomStringConvertible] { [keep, scale] }

  package init?(_ text: LayerText) {
    guard let n = text.reals(2), (0...1).contains(n[0]) else { return nil }
    self.init(keep: n[0], scale: n[1])
  }
}
