import Contract
import Models

/// Gradient descent as the convolutional maxout network of Goodfellow and others 2013 needs it: caps of
/// its own for each layer, a smaller rate for convolutions, and a rate that falls in a straight line
/// from epoch to epoch.
package struct LayerwiseDescent: RecipePiece {
  /// The word that names it in the spec.
  package static let kind = "layerwise-descent"
  /// What it is.
  package static let summary =
    "gradient descent with caps and rates by layer, for conv-maxout (Goodfellow and others 2013)"

  private let recipe: TrainingRecipe

  /// Takes `batch`, `learning-rate`, `first-momentum`, `last-momentum`, `momentum-epochs`,
  /// `convolution-rate` (a factor to the rate of convolutions), `last-rate` (the share of the rate left
  /// at the end of its decline) and `rate-epochs` (how long that takes).
  package init(options: inout OptionReader) throws(OptionError) {
    var recipe = TrainingRecipe(
      batch: try options.int("batch", in: 1...10_000),
      learningRate: try options.double("learning-rate", in: 1e-6...100), divisor: 1,
      firstMomentum: try options.double("first-momentum", in: 0...0.999),
      lastMomentum: try options.double("last-momentum", in: 0...0.999),
      momentumEpochs: try options.int("momentum-epochs", in: 1...10_000), normCap: 0)
    let factor = Float(try options.double("convolution-rate", in: 0...10))
    recipe.method = .layeredDescent(
      normCaps: ConvMaxoutNetwork.normCaps,
      rateFactors: ConvMaxoutNetwork.areConvolutions.map { $0 ? factor : 1 })
    recipe.epochDecay = .linear(
      to: try options.double("last-rate", in: 0...1),
      over: try options.int("rate-epochs", in: 1...10_000))
    self.recipe = recipe
  }

  /// For the convolutional maxout network alone, whose caps and rates it has.
  package func endless(
    for network: (any NetworkPiece)?
  ) throws(OptionError) -> TrainingRecipe {
    guard network is ConvMaxoutSettings else {
      throw OptionError(
        path: ["recipe"],
        message: "the recipe ‘\(Self.kind)’ has caps and rates for the layers of another network",
        hint: "it goes with ‘network: \(ConvMaxoutSettings.kind)’; others take"
          + " ‘\(GradientDescent.kind)’")
    }
    return recipe
  }
}
