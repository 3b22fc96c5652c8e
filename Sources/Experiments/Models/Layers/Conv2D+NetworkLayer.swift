import Kernels

/// A convolution of images, as `convolution(channels,height,width,outputs,kernel,padding,stride)`.
extension Conv2D: NetworkLayer {
  package static let words = ["convolution"]
  package var numbers: [any CustomStringConvertible] {
    [channels, height, width, outputs, kernel, padding, stride]
  }
  package var sizes: (inputs: Int, outputs: Int)? { (inputCount, outputCount) }
  package var multiplyAdds: Int { outputCount * channels * kernel * kernel }

  package init?(_ text: LayerText) {
    guard let n = text.whole(7) else { return nil }
    let (padding, stride) = (n[5], n[6])
    guard n[..<5].allSatisfy({ $0 > 0 }), stride > 0, min(n[1], n[2]) + 2 * padding >= n[4]
    else { return nil }
    self.init(
      channels: n[0], height: n[1], width: n[2], outputs: n[3], kernel: n[4], padding: padding,
      stride: stride)
  }
}
