import Contract
import Kernels
import Training

/// Trains logistic regression to tell threes from sevens.
///
/// Goodfellow, Shlens & Szegedy 2014, §5 and Figure 2.
///
/// P(seven | x) = σ(wᵀx + b). The paper does not say which images it trains on, nor for how long:
/// here all threes and sevens of the training part, by minibatch gradient descent with early
/// stopping on those of the validation part.
package struct LogisticTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-logistic"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains logistic regression on two digits (Goodfellow, Shlens & Szegedy 2014, section 5)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// One unit does not keep many cores busy.
  package static let isParallel = false

  private let pair: DigitPair
  private let recipe: TrainingRecipe

  /// Takes the two digits, `negative` and `positive`, and a training recipe.
  package init(options: inout OptionReader) throws(OptionError) {
    pair = try DigitPair(&options)
    recipe = try TrainingRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context, classes: pair.classes)
    let trained = try desk.trainLogistic(recipe, CleanObjective(), context)
    var artifacts = TrainingOutput(
      title: "logistic regression, \(pair.text)", trained.trainer, trained.state
    ).artifacts
    artifacts["weights"] = .tensors(trained.best.bundle)
    return context.inheriting(
      artifacts,
      deviations: [
        Deviation(
          "logistic regression \(pair.text): optimiser, stopping rule and the split into training and test images are ours",
          because:
            "the paper does not state them; its caption gives errors on “these examples”, which"
            + " may be training images, so the table shows both")
      ])
  }
}
