import Kernels

extension StageInput {
  /// The classifier of a training stage.
  public func classifier(in workspace: Workspace) throws(StageFailure) -> Classifier {
    try Classifier(tensors("weights"), in: workspace)
  }

  /// How the classifier wants its images: whitened, if its weights came with a whitening.
  func encoding(in workspace: Workspace) throws(StageFailure) -> any Encoding {
    guard let whitening = try tensors("weights").part(Whitening.partName) else {
      return UnitRange()
    }
    return Whitened(try Whitening(whitening, in: workspace))
  }

  /// Judges the classifier on images, encoded as it wants them.
  func evaluator(
    _ images: LabelledImages, for classifier: Classifier, in workspace: Workspace
  ) throws(StageFailure) -> Evaluator {
    Evaluator(
      images, for: classifier.classes, encoding: try encoding(in: workspace), in: workspace)
  }

  /// The classifier, and what judges it on images.
  func subject(
    _ images: LabelledImages, in workspace: Workspace
  ) throws(StageFailure) -> (classifier: Classifier, test: Evaluator) {
    let classifier = try classifier(in: workspace)
    return (classifier, try evaluator(images, for: classifier, in: workspace))
  }
}

extension Whitening {
  /// The name under which a whitening goes along with weights.
  static let partName = "whitening"
}

extension Classifier {
  /// The weights, with the whitening that their images need.
  func bundle(with whitening: Whitening) -> TensorBundle {
    let part = TensorBundle(parts: [Whitening.partName: whitening.bundle])
    return TensorBundle(
      bundle.arrays.merging(part.arrays) { $1 },
      metadata: bundle.metadata.merging(part.metadata) { $1 })
  }
}
