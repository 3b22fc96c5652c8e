import Contract
import Datasets
import Kernels
import Models

/// A training that came to its end, and what a second stage needs to follow it.
package struct FirstStage {
  /// The name under which its state is kept in a checkpoint.
  static let part = "first stage"

  let recipe: TrainingRecipe
  let objective: any Objective
  let desk: TrainingDesk
  let start: Classifier
  /// Who trained, and by what it was watched.
  package let trainer: Trainer
  /// Where it ended.
  package let state: Trainer.State

  /// A network and how it was trained.
  package struct Trained {
    /// The network.
    package var classifier: Classifier
    /// The course it took.
    package var course: Course
  }

  /// Trains on some images, or goes on from a checkpoint.
  package init(
    _ recipe: TrainingRecipe, _ objective: any Objective, at desk: TrainingDesk,
    on images: LabelledImages, watches: [Watch], from start: Classifier
  ) throws(StageFailure) {
    (self.recipe, self.objective, self.desk, self.start) = (recipe, objective, desk, start)
    trainer = desk.trainer(recipe, objective, on: images, watches: watches)
    let context = desk.context
    state = try trainer.run(context.with(context.checkpoint.part(Self.part)), from: start)
  }

  /// The best network by each watch; the last one if nobody watched.
  package var ends: [Trained] {
    let isOver = recipe.isOver(state)
    func trained(_ weights: [Tensor], _ epoch: Int, of epochs: Int) -> Trained {
      Trained(
        classifier: start.with(weights),
        course: Course(
          epochs: epochs, bestEpoch: epoch, images: trainer.images.count,
          heldOut: desk.heldOut.count, hasSettled: isOver))
    }
    guard !state.bests.isEmpty else {
      return [trained(state.classifier.weights, state.epoch, of: state.epoch)]
    }
    // A course ends where a training watched by that alone would have ended.
    return state.bests.map { best in
      trained(
        best.weights, best.epoch,
        of: min(state.epoch, best.epoch + recipe.patience(after: best.epoch)))
    }
  }

  /// Which of the watches sees clean validation images; nil if none does.
  var cleanWatch: Int? { trainer.watches.firstIndex { $0.name == Watch.Subject.clean.column } }

  /// Training and validation images together.
  var everything: LabelledImages { desk.images.followed(by: desk.heldOut) }

  /// A checkpoint of a second stage, which keeps the first one's end along.
  func checkpoint(_ name: String) -> Checkpoint {
    desk.context.checkpoint.part(name, after: [Self.part: state.bundle])
  }
}

extension TrainingRecipe {
  /// Whether a training came to its own end, and was not cut short by a bound on its epochs.
  func isOver(_ state: Trainer.State) -> Bool {
    if ending.isWholeThen && state.epoch == ending.epochs { return true }
    return !state.bests.isEmpty
      && state.bests.allSatisfy {
        $0.isSettled(after: state.epoch, patience: patience(after: $0.epoch))
      }
  }
}
