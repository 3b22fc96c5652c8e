import Contract
import Kernels
import Models

/// Goes on from the weights of the lowest clean validation error with all images, at the rate and
/// momentum of that epoch, until the loss on the validation images has fallen to what the loss on the
/// training images was.
///
/// Goodfellow and others 2013 (`mnist_pi_continued`).
package struct Continuation: Sequel {
  /// The word that names it in the spec.
  package static let kind = "continue"
  /// What it is.
  package static let summary =
    "the best weights go on with the validation images, too (Goodfellow and others 2013)"

  private let epochs: Int

  /// Takes `continue-epochs`, the most epochs; 0 leaves it out.
  package init(options: inout OptionReader) throws(OptionError) {
    epochs = try options.int("continue-epochs", in: 0...10_000)
  }

  /// It goes on from what the clean error chose.
  package func objection(toWatches watches: [Watch.Subject]) -> String? {
    watches.contains(.clean) ? nil : "it goes on from the weights that the watch ‘clean’ chooses"
  }

  /// The same networks, but for that of the lowest clean error.
  package func follow(_ first: FirstStage) throws(StageFailure) -> [FirstStage.Trained] {
    var ends = first.ends
    if epochs > 0, let watch = first.cleanWatch { ends[watch] = try goOn(from: ends[watch], first) }
    return ends
  }

  private func goOn(
    from best: FirstStage.Trained, _ first: FirstStage
  ) throws(StageFailure) -> FirstStage.Trained {
    let (desk, recipe) = (first.desk, first.recipe)
    let context = desk.context
    let goal = desk.evaluator(desk.digits.train).meanLoss(best.classifier)
    let trainer = desk.trainer(
      recipe, first.objective, on: first.everything, seed: context.seed.forked("stage 2"))
    let checkpoint = first.checkpoint("continuation")
    let steps = (first.trainer.images.count + recipe.batch - 1) / recipe.batch
    var state = trainer.start(best.classifier)
    state.rate = recipe.learningRate(after: best.course.bestEpoch * steps)
    if let kept = checkpoint.load().flatMap({
      Trainer.State($0, for: best.classifier, recipe, trainer.watches.count)
    }) {
      state = kept
    }
    func hasReachedGoal() -> Bool {
      state.epoch > 0 && desk.validation.meanLoss(state.classifier) <= goal
    }
    var reached = hasReachedGoal()
    while state.epoch < epochs && !reached {
      try trainer.trainEpoch(&state, momentum: recipe.momentum(epoch: best.course.bestEpoch))
      reached = hasReachedGoal()
      context.progress(
        Progress(state.epoch, of: epochs, unit: "further epochs", detail: "all images"))
      let snapshot = state
      checkpoint.save { snapshot.bundle }
    }
    var result = best
    result.classifier = state.classifier
    result.course.sequel = .continued(epochs: state.epoch, reachedGoal: reached)
    return result
  }
}
