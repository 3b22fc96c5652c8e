import Contract
import Kernels
import Training

/// Trains the maxout network with L1 weight decay on its first layer.
///
/// Goodfellow, Shlens & Szegedy 2014, §5: with 0.0025 the paper's network stuck at over 5 % error on
/// its training images; smaller coefficients trained and helped nothing.
package struct MaxoutWithL1: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-maxout-with-l1"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains the maxout network with L1 decay (Goodfellow, Shlens & Szegedy 2014, section 5)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(
    watching: "validation_error", "training_error")
  /// Products of this size keep many cores busy.
  package static let isParallel = true

  private let coefficient: Double
  private let recipe: MaxoutRecipe

  /// Takes the `coefficient` and what `train-maxout` takes for its first stage.
  package init(options: inout OptionReader) throws(OptionError) {
    coefficient = try options.double("coefficient", in: 0...1)
    recipe = try MaxoutRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`; the curve shows the training error beside the other.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let trainer = desk.trainer(
      recipe.training, L1Objective(base: CleanObjective(), coefficient: Float(coefficient)),
      watches: [.clean(desk.validation), .training(desk.evaluator(desk.digits.train))])
    let state = try trainer.run(context, from: recipe.start(desk, context))
    var artifacts = TrainingOutput(
      title: "the maxout network with L1 decay \(coefficient)", trainer, state
    ).artifacts
    artifacts["weights"] = .tensors(state.classifier.with(state.best.weights).bundle)
    // Both errors: an error that still falls is not stuck.
    let hasSettled = state.bests.allSatisfy {
      $0.isSettled(after: state.epoch, patience: recipe.training.patience)
    }
    return context.inheriting(
      artifacts,
      conditions: [
        "\(context.name)/training": hasSettled ? "settled" : "\(state.epoch) epochs"
      ],
      deviations: [
        Deviation(
          "maxout with L1 decay: the penalty is on the weights of all pieces of the first layer, and training is ended after \(state.epoch) epochs",
          because: "the paper gives the coefficient and the layer alone; whether the error is stuck"
            + " shows in its course")
      ])
  }
}
