import Kernels

extension Architecture {
  /// One step of a network; sizes are numbers of features.
  package enum Step: Hashable, Sendable {
    /// `y = x·Wᵀ + b`.
    case dense(inputs: Int, outputs: Int)
    /// The largest of `pieces` affine maps a unit. Goodfellow and others 2013.
    case maxout(inputs: Int, units: Int, pieces: Int)
    /// `z = −Σ s²·(x − μ)²` for each output: how far the input is from its centre.
    case radial(inputs: Int, outputs: Int)
    /// A convolution of images.
    case convolution(Conv2D)
    /// The largest of each window.
    case pool(MaxPool2D)
    /// Each pixel as a square of equal pixels.
    case upsample(Upsample2D)
    /// The largest of `pieces` adjacent channels at each place.
    case channelMaxout(MaxoutChannels)
    /// Keeps each value with a probability and multiplies it by `scale`; only while training.
    case dropout(keep: Float, scale: Float)
    /// Keeps each channel of an image with a probability; only while training.
    case channelDropout(channels: Int, keep: Float, scale: Float)
    /// `(x − mean) / deviation`.
    case standardise(mean: Float, deviation: Float)
    /// `max(0, x)`.
    case relu
    /// `1 / (1 + e⁻ˣ)`.
    case sigmoid
    /// `tanh x`.
    case tanh
    /// Log-probabilities of a sparse Gaussian-process classifier.
    case gaussianProcess(GaussianProcess)

    /// The layer, ready to be applied.
    package var layer: any Layer {
      switch self {
      case .dense(let inputs, let outputs): Dense(inputs: inputs, outputs: outputs)
      case .maxout(let inputs, let units, let pieces):
        Maxout(inputs: inputs, units: units, pieces: pieces)
      case .radial(let inputs, let outputs): RadialBasis(inputs: inputs, outputs: outputs)
      case .convolution(let layer): layer
      case .pool(let layer): layer
      case .upsample(let layer): layer
      case .channelMaxout(let layer): layer
      case .dropout(let keep, let scale): Dropout(keep: keep, scale: scale)
      case .channelDropout(let channels, let keep, let scale):
        ChannelDropout(channels: channels, keep: keep, scale: scale)
      case .standardise(let mean, let deviation): Standardise(mean: mean, deviation: deviation)
      case .relu: ReLU()
      case .sigmoid: Sigmoid()
      case .tanh: Tanh()
      case .gaussianProcess(let layer): layer
      }
    }

    /// Features taken and given; nil for a step that takes any number.
    package var sizes: (inputs: Int, outputs: Int)? {
      switch self {
      case .dense(let inputs, let outputs), .radial(let inputs, let outputs): (inputs, outputs)
      case .maxout(let inputs, let units, _): (inputs, units)
      case .convolution(let c):
        (c.channels * c.height * c.width, c.outputs * c.outHeight * c.outWidth)
      case .pool(let p): (p.channels * p.height * p.width, p.channels * p.outHeight * p.outWidth)
      case .upsample(let u): (u.inputCount, u.outputCount)
      case .gaussianProcess(let g): (g.inputs, g.classes)
      case .channelMaxout(let m): (m.units * m.pieces * m.pixels, m.units * m.pixels)
      case .dropout, .channelDropout, .standardise, .relu, .sigmoid, .tanh: nil
      }
    }

    /// The names of its weights, if it has any.
    var weightNames: [String] {
      switch self {
      case .radial: ["scale", "centre"]
      case .gaussianProcess: ["inducing", "log_scale", "log_variance", "mean", "factor"]
      default: layer.weightShapes.isEmpty ? [] : ["weight", "bias"]
      }
    }
  }
}
