import Models

extension TrainingDesk {
  /// Softmax regression before its training.
  package var softmaxStart: Classifier {
    SoftmaxRegression.start(
      inputs: images.pixelsPerImage, classes: classes, in: context.workspace)
  }

  /// Logistic regression before its training.
  package var logisticStart: Classifier {
    LogisticRegression.start(
      inputs: images.pixelsPerImage, classes: classes, in: context.workspace)
  }
}
