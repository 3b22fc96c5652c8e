import Contract
import Kernels
import Training

/// Trains shallow softmax regression.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// The paper says nothing about the optimiser or when it stopped: here minibatch gradient descent
/// with early stopping on the validation error, as for the maxout network beside it.
package struct SoftmaxTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-softmax"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains shallow softmax regression (Goodfellow, Shlens & Szegedy 2014, section 4)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// One layer does not keep many cores busy.
  package static let isParallel = false

  private let recipe: TrainingRecipe

  /// Takes a training recipe.
  package init(options: inout OptionReader) throws(OptionError) {
    recipe = try TrainingRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let start = desk.softmaxStart
    let trainer = desk.trainer(recipe)
    let state = try trainer.run(context, from: start)
    var artifacts = TrainingOutput(title: "softmax regression", trainer, state).artifacts
    artifacts["weights"] = .tensors(start.with(state.best.weights).bundle)
    return context.inheriting(
      artifacts,
      deviations: [
        Deviation(
          "softmax regression: optimiser and stopping rule are ours, and training uses \(desk.images.count) images",
          because:
            "the paper does not state them; the error under attack hardly depends on them, the"
            + " confidence grows with the length of training")
      ])
  }
}
