import Kernels

/// The largest of each window, as `pool(channels,height,width,window,stride)`.
extension MaxPool2D: NetworkLayer {
  package static let words = ["pool"]
  package var numbers: [any CustomStringConvertible] { [channels, height, width, window, stride] }
  package var sizes: (inputs: Int, outputs: Int)? {
    (channels * height * width, channels * outHeight * outWidth)
  }

  package init?(_ text: LayerText) {
    guard let n = text.positive(5), min(n[1], n[2]) >= n[3], n[4] <= n[3] else { return nil }
    self.init(channels: n[0], height: n[1], width: n[2], window: n[3], stride: n[4])
  }
}
