import Contract
import Datasets
import Kernels
import Models
import Training

/// The two stages in which a maxout network is trained, with whatever objective.
///
/// Stage 1 trains on the training part until the watched error stops falling and keeps the best
/// weights. Stage 2 uses the validation images as well: either it goes on from the best weights, with
/// the rate and momentum of the best epoch, until the loss on the validation part has fallen to what
/// the loss on the training part was at the end of stage 1 (Goodfellow and others 2013), or it starts
/// afresh for as many epochs as stage 1 took to its best (Goodfellow, Shlens & Szegedy 2014, §6).
struct MaxoutStages {
  let recipe: MaxoutRecipe
  let objective: any Objective
  let desk: TrainingDesk
  let context: StageContext

  /// A network at the end of a stage, and the course it took.
  struct Trained {
    var classifier: Classifier
    var course: MaxoutCourse
    /// The final states of the trainings so far: whatever is trained next keeps them in its
    /// checkpoint, so that none of them is ever done twice.
    var finished: [String: TensorBundle]
  }

  /// Stage 1, with its trainer for the curve.
  func first(
    from start: Classifier, watches: [Watch]? = nil
  ) throws(StageFailure) -> (trainer: Trainer, state: Trainer.State) {
    let trainer = desk.trainer(recipe.training, objective, watches: watches)
    let state = try trainer.run(context.with(context.checkpoint.part("stage 1")), from: start)
    return (trainer, state)
  }

  /// The best network of stage 1 by one of its watches.
  ///
  /// Its course ends where a training watched by that alone would have ended.
  func best(_ state: Trainer.State, by watch: Int = 0) -> Trained {
    let best = state.bests[watch]
    return Trained(
      classifier: state.classifier.with(best.weights),
      course: MaxoutCourse(
        epochs: min(state.epoch, best.epoch + recipe.training.patience), bestEpoch: best.epoch,
        images: desk.images.count, heldOut: desk.digits.validation.count),
      finished: ["stage 1": state.bundle])
  }

  /// Stage 2 by going on: all images, until the validation loss has come down or for `epochs`.
  func goOn(
    from best: Trained, atMost epochs: Int
  ) throws(StageFailure) -> Trained {
    let goal = desk.evaluator(desk.digits.train).meanLoss(best.classifier)
    let trainer = desk.trainer(
      recipe.training, objective, on: everything, seed: context.seed.forked("stage 2"))
    let checkpoint = context.checkpoint.part("stage 2", after: best.finished)
    let images = desk.images.count
    let updates =
      best.course.bestEpoch * ((images + recipe.training.batch - 1) / recipe.training.batch)
    var state = trainer.start(best.classifier)
    state.rate = recipe.training.learningRate(after: updates)
    if let kept = checkpoint.load().flatMap({
      Trainer.State($0, for: best.classifier, recipe.training, trainer.watches.count)
    }) {
      state = kept
    }
    func hasReachedGoal() -> Bool {
      state.epoch > 0 && desk.validation.meanLoss(state.classifier) <= goal
    }
    var reached = hasReachedGoal()
    while state.epoch < epochs && !reached {
      try trainer.trainEpoch(
        &state, momentum: recipe.training.momentum(epoch: best.course.bestEpoch))
      reached = hasReachedGoal()
      context.progress(
        Progress(state.epoch, of: epochs, unit: "further epochs", detail: "all images"))
      let snapshot = state
      checkpoint.save { snapshot.bundle }
    }
    var result = best
    result.classifier = state.classifier
    result.course.sequel = .continued(epochs: state.epoch, reachedGoal: reached)
    result.finished["stage 2"] = state.bundle
    return result
  }

  /// Stage 2 from scratch: all images, for as many epochs as stage 1 took to its best.
  func retrain(
    _ best: Trained, from start: Classifier
  ) throws(StageFailure) -> Trained {
    let trainer = desk.trainer(
      recipe.training.lasting(best.course.bestEpoch), objective, on: everything, watches: [],
      seed: context.seed.forked("retraining"))
    let checkpoint = context.checkpoint.part("retraining", after: best.finished)
    let state = try trainer.run(context.with(checkpoint), from: start)
    var result = best
    result.classifier = state.classifier
    result.course.sequel = .retrained
    result.finished["retraining"] = state.bundle
    return result
  }

  /// How a network was trained: `published recipe`, the same `with 1600 units`, or what was done
  /// instead.
  func course(_ trained: Trained) -> String {
    guard isPublished(trained.course) else {
      return "\(recipe.units) units, \(trained.course.text)"
    }
    return recipe.units == 240 ? "published recipe" : "published recipe with \(recipe.units) units"
  }

  /// Whether a training was a published one: every value, and each stage ended by its own rule.
  func isPublished(_ course: MaxoutCourse) -> Bool {
    recipe.isPublished && course.isComplete(patience: recipe.training.patience)
  }

  /// How the training departs from the published one.
  func deviations(_ course: MaxoutCourse) -> [Deviation] {
    var list = [
      Deviation(
        "maxout: minibatches, dropout and first weights come from our own random numbers",
        because: "the recipe's generator cannot be reproduced; the effect is that of another seed")
    ]
    if case .continued = course.sequel {
      list.append(
        Deviation(
          "maxout: the losses that end stage 2 are taken without dropout, over whole epochs",
          because: "the recipe compares two monitored objectives and does not say more; stage 2 may"
            + " end some epochs sooner or later"))
    }
    if !isPublished(course) {
      let settled = course.hasSettled(patience: recipe.training.patience)
      list.append(
        Deviation(
          "\(context.name): trained with \(recipe.units) units, \(course.text)"
            + (settled ? "" : ", before the stopping rule held"),
          because: "the published recipe ends after 100 epochs without a lower validation error and"
            + " then uses all 60,000 images; less training should leave mistakes less confident and"
            + " the clean error higher"))
    }
    return list
  }

  private var everything: LabelledImages { desk.images.followed(by: desk.digits.validation) }
}
