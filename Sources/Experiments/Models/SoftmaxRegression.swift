import Kernels

/// Shallow softmax regression: one affine map, a logit a class.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// The paper states neither initialisation nor optimiser. Weights start at zero: the loss is convex
/// and the start is forgotten.
enum SoftmaxRegression {
  /// The model before its training.
  static func start(_ desk: TrainingDesk, _ context: StageContext) -> Classifier {
    .affine(outputs: desk.classes.count, head: .softmax, desk, context)
  }
}

/// Logistic regression of two classes, P(second class | x) = σ(wᵀx + b).
///
/// Goodfellow, Shlens & Szegedy 2014, §5. Weights start at zero, as above.
enum LogisticRegression {
  /// The model before its training.
  static func start(_ desk: TrainingDesk, _ context: StageContext) -> Classifier {
    .affine(outputs: 1, head: .sigmoid, desk, context)
  }
}

extension Classifier {
  fileprivate static func affine(
    outputs: Int, head: Head, _ desk: TrainingDesk, _ context: StageContext
  ) -> Classifier {
    let architecture = Architecture([
      .dense(inputs: desk.images.pixelsPerImage, outputs: outputs)
    ])
    return Classifier(
      architecture: architecture,
      weights: architecture.network.weightShapes.map { context.workspace.tensor($0) },
      head: head, classes: desk.classes)
  }
}
