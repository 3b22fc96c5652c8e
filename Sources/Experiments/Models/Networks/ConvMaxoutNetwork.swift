import Kernels

/// The convolutional maxout network of Goodfellow and others 2013 for CIFAR-10.
///
/// Three layers of convolution, maxout over pairs of channels and overlapping max pooling, a dense
/// maxout layer and a softmax; dropout in front of each. The recipe has 96, 192 and 192 channels and
/// 500 dense units of five pieces.
package struct ConvMaxoutNetwork: Hashable, Sendable {
  /// Maxout channels of the three convolutional layers.
  package let channels: [Int]
  /// Maxout units of the dense layer.
  package let denseUnits: Int

  package init(channels: [Int], denseUnits: Int) {
    self.channels = channels
    self.denseUnits = denseUnits
  }

  /// What the recipe says of a convolutional layer.
  private struct Layer {
    let kernel: Int
    let padding: Int
    let window: Int
  }

  private static let layers = [
    Layer(kernel: 8, padding: 4, window: 4), Layer(kernel: 8, padding: 3, window: 4),
    Layer(kernel: 5, padding: 3, window: 2),
  ]
  private static let convolutionPieces = 2
  private static let densePieces = 5

  /// The caps of the recipe on the norms of kernels and units, in the order of the weights.
  package static let normCaps: [Float?] = [
    0.9, nil, 1.9365, nil, 1.9365, nil, 1.9, nil, 1.9365, nil,
  ]

  /// Which weights belong to convolutions.
  package static let areConvolutions = [
    true, true, true, true, true, true, false, false, false, false,
  ]

  /// The layers for images of that shape, dropout included.
  ///
  /// Kept inputs are not rescaled, kept hidden values are doubled.
  package func architecture(
    channels inputs: Int, height: Int, width: Int, classes: Int
  ) -> Architecture {
    var layers: [any NetworkLayer] = [Dropout(keep: 0.8, scale: 1)]
    var (planes, height, width) = (inputs, height, width)
    for (layer, outputs) in zip(Self.layers, channels) {
      let convolution = Conv2D(
        channels: planes, height: height, width: width, outputs: outputs * Self.convolutionPieces,
        kernel: layer.kernel, padding: layer.padding)
      let pool = MaxPool2D(
        channels: outputs, height: convolution.outHeight, width: convolution.outWidth,
        window: layer.window, stride: 2)
      layers += [
        convolution,
        MaxoutChannels(
          units: outputs, pieces: Self.convolutionPieces,
          pixels: convolution.outHeight * convolution.outWidth),
        pool, Dropout(keep: 0.5, scale: 2),
      ]
      (planes, height, width) = (outputs, pool.outHeight, pool.outWidth)
    }
    layers += [
      Maxout(inputs: planes * height * width, units: denseUnits, pieces: Self.densePieces),
      Dropout(keep: 0.5, scale: 2), Dense(inputs: denseUnits, outputs: classes),
    ]
    return Architecture(layers)
  }
}
