import Contract
import Models

extension TrainingDesk {
  /// The RBF network before its training.
  package func radialStart() throws(StageFailure) -> Classifier {
    try RBFNetwork.start(on: images, classes: classes, in: context.workspace)
  }
}
