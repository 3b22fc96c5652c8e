import Kernels

/// The layers that the text of an architecture can name.
package enum LayerCatalogue {
  /// All of them, one line each.
  package static let layers: [any NetworkLayer.Type] = [
    Dense.self,
    Maxout.self,
    RadialBasis.self,
    Conv2D.self,
    MaxPool2D.self,
    Upsample2D.self,
    MaxoutChannels.self,
    Dropout.self,
    ChannelDropout.self,
    Standardise.self,
    ReLU.self,
    Sigmoid.self,
    Tanh.self,
    GaussianProcess.self,
  ]
}
