import Kernels

/// The largest of `pieces` adjacent channels at each place, as `channel-maxout(units,pieces,pixels)`.
extension MaxoutChannels: NetworkLayer {
  package static let words = ["channel-maxout"]
  package var numbers: [any CustomStringConvertible] { [units, pieces, pixels] }
  package var sizes: (inputs: Int, outputs: Int)? { (units * pieces * pixels, units * pixels) }

  package init?(_ text: LayerText) {
    guard let n = text.positive(3), n[1] <= 255 else { return nil }
    self.init(units: n[0], pieces: n[1], pixels: n[2])
  }
}
