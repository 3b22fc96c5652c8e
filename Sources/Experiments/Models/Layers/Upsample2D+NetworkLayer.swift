import Kernels

/// Each pixel as a square of equal pixels, as `upsample(channels,height,width,factor)`.
extension Upsample2D: NetworkLayer {
  package static let words = ["upsample"]
  package var numbers: [any CustomStringConvertible] { [channels, height, width, factor] }
  package var sizes: (inputs: Int, outputs: Int)? { (inputCount, outputCount) }

  package init?(_ text: LayerText) {
    guard let n = text.positive(4), n[3] <= 16 else { return nil }
    self.init(channels: n[0], height: n[1], width: n[2], factor: n[3])
  }
}
