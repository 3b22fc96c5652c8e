import Kernels

extension Architecture {
  /// Multiply-adds that the output for one image takes.
  package var multiplyAdds: Int {
    steps.reduce(0) { sum, step in
      switch step {
      case .dense(let inputs, let outputs): sum + inputs * outputs
      case .maxout(let inputs, let units, let pieces): sum + inputs * units * pieces
      case .radial(let inputs, let outputs): sum + 2 * inputs * outputs
      case .convolution(let c): sum + c.outputCount * c.channels * c.kernel * c.kernel
      case .gaussianProcess(let g):
        sum + g.inducing * (g.inputs + g.inducing * (g.classes + 2))
      case .pool, .upsample, .channelMaxout, .dropout, .channelDropout, .standardise, .relu,
        .sigmoid, .tanh:
        sum
      }
    }
  }
}
