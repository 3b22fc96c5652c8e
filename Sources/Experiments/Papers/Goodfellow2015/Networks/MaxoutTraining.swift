import Contract
import Kernels
import Models
import Training

/// Trains the maxout network by the recipe of Goodfellow and others 2013, which the paper on
/// adversarial examples builds on (§4, §6).
package struct MaxoutTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-maxout"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains the maxout network by its 2013 recipe (Goodfellow, Shlens & Szegedy 2014, section 4)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// Products of this size keep many cores busy.
  package static let isParallel = true

  private let recipe: MaxoutRecipe
  private let continueEpochs: Int

  /// Takes the maxout recipe, and `continue-epochs`, the most epochs of stage 2; 0 leaves it out.
  package init(options: inout OptionReader) throws(OptionError) {
    recipe = try MaxoutRecipe(&options)
    continueEpochs = try options.int("continue-epochs", in: 0...10_000)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    try context.trainMaxout(
      recipe, CleanObjective(), continueEpochs: continueEpochs, title: "the maxout network")
  }
}

extension StageContext {
  /// A maxout network trained in two stages, the second by going on: the whole answer of a stage.
  func trainMaxout(
    _ recipe: MaxoutRecipe, _ objective: any Objective, head: Classifier.Head = .softmax,
    continueEpochs: Int, title: String, deviations: [Deviation] = []
  ) throws -> StageOutput {
    let desk = try TrainingDesk(self)
    let stages = MaxoutStages(recipe: recipe, objective: objective, desk: desk, context: self)
    let (trainer, state) = try stages.first(from: recipe.start(desk, head: head, self))
    var trained = stages.best(state)
    if continueEpochs > 0 {
      trained = try stages.goOn(from: trained, atMost: continueEpochs)
    }
    var artifacts = TrainingOutput(title: title, trainer, state).artifacts
    artifacts["weights"] = .tensors(trained.classifier.bundle)
    return inheriting(
      artifacts,
      conditions: [
        "\(name)/training": stages.course(trained),
        "\(name)/epochs": "\(state.epoch)",
      ],
      deviations: stages.deviations(trained.course) + deviations)
  }
}
