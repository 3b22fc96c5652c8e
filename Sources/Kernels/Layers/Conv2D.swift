/// A convolution of images: `y[o] = b[o] + Σ W[o, c, ky, kx] · x[c, y·stride + ky − padding, …]`.
///
/// `x: [n, channels·height·width]`, channel by channel; `W: [outputs, channels, kernel, kernel]`;
/// `b: [outputs]`; `y: [n, outputs·outHeight·outWidth]`. Beyond the edges the input is 0, and such a
/// term is in the chain of its output like any other: an infinite weight that meets padding gives
/// not-a-number. `Reference.convolution` and its ways back state every order of summation.
public struct Conv2D: Layer, Hashable {
  /// Planes of an image.
  public let channels: Int
  /// Rows of a plane.
  public let height: Int
  /// Columns of a plane.
  public let width: Int
  /// Planes of the output.
  public let outputs: Int
  /// Rows and columns of the kernel.
  public let kernel: Int
  /// Rows or columns of zeros beyond each edge.
  public let padding: Int
  /// Rows and columns from one place of the kernel to the next.
  public let stride: Int

  /// A layer of these sizes.
  public init(
    channels: Int, height: Int, width: Int, outputs: Int, kernel: Int, padding: Int = 0,
    stride: Int = 1
  ) {
    precondition(
      channels > 0 && outputs > 0 && kernel > 0 && padding >= 0 && stride > 0,
      "\(channels) channels to \(outputs) by \(kernel)×\(kernel) with padding \(padding) and "
        + "stride \(stride) is no convolution")
    precondition(
      height > 0 && width > 0 && min(height, width) + 2 * padding >= kernel,
      "a kernel of \(kernel)×\(kernel) does not fit into \(height)×\(width) padded by \(padding)")
    (self.channels, self.height, self.width) = (channels, height, width)
    (self.outputs, self.kernel, self.padding, self.stride) = (outputs, kernel, padding, stride)
  }

  /// Rows of an output plane.
  public var outHeight: Int { (height + 2 * padding - kernel) / stride + 1 }
  /// Columns of an output plane.
  public var outWidth: Int { (width + 2 * padding - kernel) / stride + 1 }
  /// Numbers of an image.
  public var inputCount: Int { channels * height * width }
  /// Numbers of an output.
  public var outputCount: Int { outputs * outHeight * outWidth }

  /// The shapes of W and b.
  public var weightShapes: [[Int]] { [[outputs, channels, kernel, kernel], [outputs]] }

  /// How the images of a batch are cut for the gradient of the weights.
  var reduction: BatchReduction { BatchReduction(pixels: outHeight * outWidth) }

  /// The output, and the ways back with W and x.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    let (w, _) = matrixAndBias(weights)
    return Pass(output: infer(x, weights)) { dy, wanted in
      let back = ConvolutionRun(self, x)
      return (
        wanted.includesInput ? back.inputGradient(dy, w) : nil,
        wanted.includesWeights ? back.weightGradients(dy) : []
      )
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    let (w, b) = matrixAndBias(weights)
    return ConvolutionRun(self, x).output(w, b)
  }
}
