import Contract
import Models

/// Minibatch gradient descent with momentum, by the schedule of Goodfellow and others 2013: the rate is
/// divided after every step, momentum rises in a straight line from epoch to epoch, and a unit's
/// incoming weights are kept within a norm.
package struct GradientDescent: RecipePiece {
  /// The word that names it in the spec.
  package static let kind = "gradient-descent"
  /// What it is.
  package static let summary =
    "minibatch gradient descent with momentum and a cap on norms (Goodfellow and others 2013)"

  private let recipe: TrainingRecipe

  /// Takes `batch`, `learning-rate`, `learning-rate-divisor` (after every step), `first-momentum`,
  /// `last-momentum` and `momentum-epochs` (when it is reached), and `norm-cap` (0 for none).
  package init(options: inout OptionReader) throws(OptionError) {
    recipe = TrainingRecipe(
      batch: try options.int("batch", in: 1...10_000),
      learningRate: try options.double("learning-rate", in: 1e-6...100),
      divisor: try options.double("learning-rate-divisor", in: 1...2),
      firstMomentum: try options.double("first-momentum", in: 0...0.999),
      lastMomentum: try options.double("last-momentum", in: 0...0.999),
      momentumEpochs: try options.int("momentum-epochs", in: 1...10_000),
      normCap: try options.double("norm-cap", in: 0...1000))
  }

  /// The same for any network.
  package func endless(for network: (any NetworkPiece)?) -> TrainingRecipe { recipe }
}
