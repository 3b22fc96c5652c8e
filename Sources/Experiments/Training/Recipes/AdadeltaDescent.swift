import Contract
import Models

/// Adadelta whose rate is multiplied by a factor after every epoch, as in PyTorch's MNIST example.
package struct AdadeltaDescent: RecipePiece {
  /// The word that names it in the spec.
  package static let kind = "adadelta"
  /// What it is.
  package static let summary = "Adadelta with a rate that falls after every epoch"

  private let recipe: TrainingRecipe

  /// Takes `batch`, `learning-rate`, and `epoch-factor`, what the rate is multiplied by after an epoch.
  package init(options: inout OptionReader) throws(OptionError) {
    var recipe = TrainingRecipe(
      batch: try options.int("batch", in: 1...10_000),
      learningRate: try options.double("learning-rate", in: 1e-6...100), momentum: 0, epochs: 1)
    recipe.method = .adadelta
    recipe.epochDecay = .factor(try options.double("epoch-factor", in: 0...1))
    self.recipe = recipe
  }

  /// The same for any network.
  package func endless(for network: (any NetworkPiece)?) -> TrainingRecipe { recipe }
}
