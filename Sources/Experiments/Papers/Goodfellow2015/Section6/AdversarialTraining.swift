import Attacks
import Contract
import Kernels
import Training

/// Trains the maxout network on images and on what FGSM makes of them.
///
/// Goodfellow, Shlens & Szegedy 2014, §6.
///
/// One course is watched by two rules. The weights of the paper's final procedure are those of the
/// lowest *adversarial* validation error, or with `retrain` fresh ones trained for that many epochs
/// on all images. Those of its first attempt, where the clean error decides as without adversarial
/// training, are handed on as `first-weights`.
package struct AdversarialTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-maxout-adversarially"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains the maxout network adversarially (Goodfellow, Shlens & Szegedy 2014, section 6)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs =
    TrainingOutput.outputs(watching: "adversarial_validation_error", "validation_error") + [
      .tensors("first-weights")
    ]
  /// Products of this size keep many cores busy.
  package static let isParallel = true

  private let objective: AdversarialObjective
  private let epsilon: Double
  private let alpha: Double
  private let recipe: MaxoutRecipe
  private let continueEpochs: Int
  private let retrains: Bool

  /// Takes `alpha`, the share of the clean loss; `epsilon`, in pixel units; `perturbed-layer`, 0 for
  /// the input and 1 or 2 for the output of a hidden layer; `one-mask`, whether the perturbation is
  /// made under the dropout mask of the step; what `train-maxout` takes; and `retrain`.
  package init(options: inout OptionReader) throws(OptionError) {
    alpha = try options.double("alpha", in: 0...1)
    epsilon = try options.double("epsilon", in: 0...1)
    objective = AdversarialObjective(
      alpha: Float(alpha), epsilon: Float(epsilon), keepsMask: try options.bool("one-mask"),
      // Each hidden layer has two steps, its dropout and its maxout units.
      below: 2 * (try options.int("perturbed-layer", in: 0...2)))
    recipe = try MaxoutRecipe(&options)
    continueEpochs = try options.int("continue-epochs", in: 0...10_000)
    retrains = try options.bool("retrain")
  }

  /// Gives `weights`, `first-weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let stages = MaxoutStages(recipe: recipe, objective: objective, desk: desk, context: context)
    let start = recipe.start(desk, context)
    let attack = FGSM(LInfBall(epsilon: Float(epsilon)))
    let (trainer, state) = try stages.first(
      from: start,
      watches: [
        .adversarial(desk.validation, by: attack, seed: context.seed), .clean(desk.validation),
      ])
    var early = stages.best(state, by: 1)
    if continueEpochs > 0 {
      early = try stages.goOn(from: early, atMost: continueEpochs)
    }
    var final = stages.best(state, by: 0)
    final.finished = early.finished
    if retrains { final = try stages.retrain(final, from: start) }

    var artifacts = TrainingOutput(
      title: "the maxout network on adversarial examples", trainer, state
    ).artifacts
    artifacts["weights"] = .tensors(final.classifier.bundle)
    artifacts["first-weights"] = .tensors(early.classifier.bundle)
    let isPublished = alpha == 0.5 && epsilon == 0.25 && objective.below == 0
    let name = context.name
    return context.inheriting(
      artifacts,
      conditions: [
        "\(name)/training": isPublished ? stages.course(final) : final.course.text,
        "\(name)/first-training": isPublished ? stages.course(early) : early.course.text,
        "\(name)/epochs": "\(state.epoch)",
      ],
      deviations: stages.deviations(final.course) + [
        Deviation(
          "adversarial training: the perturbation is made "
            + (objective.keepsMask
              ? "against the network that the step's dropout mask leaves"
              : "against the whole network, without dropout"),
          because: "the paper does not say which; patience and ε of its adversarial stopping rule"
            + " are not stated either and are taken from the rest of the recipe")
      ])
  }
}
