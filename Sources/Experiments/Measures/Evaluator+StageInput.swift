import Contract
import Datasets
import Kernels
import Models

extension StageInput {
  /// Judges the classifier on images, encoded as it wants them.
  package func evaluator(
    _ images: LabelledImages, for classifier: Classifier, in workspace: Workspace
  ) throws(StageFailure) -> Evaluator {
    Evaluator(
      images, for: classifier.classes, encoding: try encoding(in: workspace), in: workspace)
  }

  /// The classifier, and what judges it on images.
  package func subject(
    _ images: LabelledImages, in workspace: Workspace
  ) throws(StageFailure) -> (classifier: Classifier, test: Evaluator) {
    let classifier = try classifier(in: workspace)
    return (classifier, try evaluator(images, for: classifier, in: workspace))
  }
}
