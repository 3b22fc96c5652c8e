import Attacks
import Contract
import Kernels
import Training

/// Trains logistic regression of two digits against the worst case within ±ε, in closed form.
///
/// Goodfellow, Shlens & Szegedy 2014, §5.
package struct WorstCaseTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-logistic-worst-case"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains logistic regression adversarially (Goodfellow, Shlens & Szegedy 2014, section 5)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "adversarial_validation_error")
  /// One unit does not keep many cores busy.
  package static let isParallel = false

  private let pair: DigitPair
  private let epsilon: Double
  private let recipe: TrainingRecipe

  /// Takes the two digits, `negative` and `positive`, `epsilon` in pixel units, and a training recipe.
  package init(options: inout OptionReader) throws(OptionError) {
    pair = try DigitPair(&options)
    epsilon = try options.double("epsilon", in: 0...1)
    recipe = try TrainingRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`; the weights are those of the lowest adversarial error.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context, classes: pair.classes)
    let attack = FGSM(LInfBall(epsilon: Float(epsilon)))
    let trained = try desk.trainLogistic(
      recipe, WorstCaseObjective(epsilon: Float(epsilon)),
      watches: [.adversarial(desk.validation, by: attack, seed: context.seed)], context)
    var artifacts = TrainingOutput(
      title: "logistic regression, \(pair.text), against the worst case", trained.trainer,
      trained.state
    ).artifacts
    artifacts["weights"] = .tensors(trained.best.bundle)
    return context.inheriting(
      artifacts,
      deviations: [
        Deviation(
          "logistic regression against the worst case: the sign of each image's own class, not the printed formula, which has one sign for all",
          because: "the printed formula is the worst case for y = +1 alone")
      ])
  }
}
