import Contract

/// How a generative model is trained: by Adam with the same rate for all its networks.
package struct GenerativeRecipe: Hashable, Sendable {
  /// Images a step.
  package let batch: Int
  /// Adam's rate.
  package let learningRate: Double
  /// The decay of Adam's mean gradient; adversarial trainings take 0.5.
  let firstDecay: Double
  package let epochs: Int
  /// The most images that are learnt from, the first ones.
  package let images: Int

  /// Reads `batch`, `learning-rate`, `first-decay`, `epochs` and `train-images`.
  package init(_ options: inout OptionReader) throws(OptionError) {
    batch = try options.int("batch", in: 1...10_000)
    learningRate = try options.double("learning-rate", in: 1e-7...1000)
    firstDecay = try options.double("first-decay", in: 0...0.999)
    epochs = try options.int("epochs", in: 1...10_000)
    images = try options.int("train-images", in: 1...1_000_000)
  }
}
