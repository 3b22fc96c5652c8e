import Contract
import Kernels
import Training

/// Trains the shallow RBF network.
///
/// Goodfellow, Shlens & Szegedy 2014, §7.
///
/// It stays far from certain wherever it has not been: under attack it errs on about half of the
/// images, and hardly believes what it then says.
package struct RBFTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-rbf"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains the shallow RBF network (Goodfellow, Shlens & Szegedy 2014, section 7)."
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
    let start = try desk.radialStart()
    let trainer = desk.trainer(recipe)
    let state = try trainer.run(context, from: start)
    var artifacts = TrainingOutput(title: "the RBF network", trainer, state).artifacts
    artifacts["weights"] = .tensors(start.with(state.best.weights).bundle)
    return context.inheriting(
      artifacts,
      deviations: [
        Deviation(
          "RBF network: one unit a class, a diagonal β of its own for each, and a start at the mean"
            + " images of the classes",
          because: "the paper states neither the number of units nor the form of β nor the start;"
            + " more units or a full β would lower the clean error"),
        Deviation(
          "RBF network: trained with the cross-entropy of each class's own yes or no; optimiser and"
            + " stopping rule are ours",
          because: "the paper states no loss; its confidence of 1.2 % on mistakes excludes classes"
            + " that are normalised together. FGSM climbs the same loss. The rate is that of the lowest"
            + " clean validation error; at nearly the same clean error the error under attack"
            + " depends much on it"),
      ])
  }
}
