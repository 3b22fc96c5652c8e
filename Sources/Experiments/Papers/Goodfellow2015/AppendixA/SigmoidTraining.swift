import Contract
import Kernels
import Training

/// Trains the maxout network with ten independent sigmoids on top instead of a softmax.
///
/// Goodfellow, Shlens & Szegedy 2014, appendix A: such a network can say that an input belongs to no
/// class.
package struct SigmoidTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-maxout-with-sigmoids"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains maxout with independent sigmoids (Goodfellow, Shlens & Szegedy 2014, appendix A)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// Products of this size keep many cores busy.
  package static let isParallel = true

  private let recipe: MaxoutRecipe
  private let continueEpochs: Int

  /// Takes what `train-maxout` takes.
  package init(options: inout OptionReader) throws(OptionError) {
    recipe = try MaxoutRecipe(&options)
    continueEpochs = try options.int("continue-epochs", in: 0...10_000)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    try context.trainMaxout(
      recipe, CleanObjective(), head: .independentSigmoids, continueEpochs: continueEpochs,
      title: "the maxout network with independent sigmoids",
      deviations: [
        Deviation(
          "maxout with independent sigmoids: trained from scratch by the recipe of the softmax"
            + " network",
          because: "the paper does not say whether the network was trained anew")
      ])
  }
}
