import Contract
import Kernels
import Training

/// Trains softmax regression adversarially, or with the L1 term of Jiang and others.
///
/// Jiang and others (Sorbonne, a student report on Goodfellow, Shlens & Szegedy 2014), §4.2.2. It gives
/// the coefficients and no recipe.
package struct SoftmaxVariant: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-softmax-variant"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains softmax regression adversarially or with an L1 term (Jiang and others, section 4.2)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// One layer does not keep many cores busy.
  package static let isParallel = false

  /// What is minimised.
  private enum Variant: String, CaseIterable {
    /// The mean of the clean loss and that under FGSM: as many adversarial images as clean ones.
    case adversarial
    /// The loss after the logit of the true class has lost `size` times the L1 norm of its weights.
    case margin
  }

  private let variant: Variant
  private let size: Double
  private let recipe: TrainingRecipe

  /// Takes the `variant`, `adversarial` or `margin`; its `size`, which is ε or the coefficient; and a
  /// training recipe.
  package init(options: inout OptionReader) throws(OptionError) {
    variant = try options.choice("variant", of: Variant.self)
    size = try options.double("size", in: 0...1)
    recipe = try TrainingRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let objective: any Objective =
      switch variant {
      case .adversarial:
        AdversarialObjective(alpha: 0.5, epsilon: Float(size), keepsMask: false)
      case .margin: MarginObjective(coefficient: Float(size))
      }
    let start = desk.softmaxStart
    let trainer = desk.trainer(recipe, objective)
    let state = try trainer.run(context, from: start)
    var artifacts = TrainingOutput(
      title: "softmax regression, \(variant.rawValue) \(size)", trainer, state
    ).artifacts
    artifacts["weights"] = .tensors(start.with(state.best.weights).bundle)
    return context.inheriting(
      artifacts,
      deviations: [
        Deviation(
          "softmax regression, \(variant.rawValue): optimiser, stopping rule and the form of the loss are ours",
          because: "the report gives a coefficient, and neither a recipe nor a formula for ten"
            + " classes; a term of the logistic form is taken from the logit of the true class")
      ])
  }
}
