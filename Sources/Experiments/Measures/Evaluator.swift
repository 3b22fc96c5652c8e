import Contract
import Datasets
import Kernels
import Models

/// Judges classifiers and attacks on images: attacks propose, this decides.
package struct Evaluator: Sendable {
  /// The images.
  package let images: LabelledImages
  /// The labels, as positions in the classifier's classes.
  package let labels: [Int]
  /// How the images become numbers.
  package let encoding: any Encoding
  private let workspace: Workspace
  private let batch: Int

  /// Judges on those images whose class the classifier knows; `batch` bounds memory and is without
  /// influence on any answer.
  package init(
    _ images: LabelledImages, for classes: [Int], encoding: any Encoding = UnitRange(),
    in workspace: Workspace, batch: Int = 500
  ) {
    self.encoding = encoding
    let known = classes.count == images.classes
    self.images =
      known ? images : images.subset(images.indices(ofClasses: Set(classes.map(UInt8.init))))
    labels = self.images.positions(among: classes)
    self.workspace = workspace
    self.batch = batch
  }

  /// Some images as the numbers a network sees, `[n, pixels]`.
  package func pixels(_ range: Range<Int>) -> Tensor {
    encoding.encode(images, rows: Array(range), in: workspace)
  }

  /// Answers on the images as they are.
  package func evaluate(
    _ classifier: some Victim, progress: (Int) -> Void = { _ in }
  ) -> Evaluation {
    var answers: [Classifier.Answer] = []
    answers.reserveCapacity(images.count)
    for range in batches {
      answers += classifier.answers(pixels(range))
      progress(range.upperBound)
    }
    return Evaluation(labels: labels, answers: answers)
  }

  /// The mean cross-entropy of a classifier's answers.
  package func meanLoss(_ classifier: Classifier) -> Double {
    var total = 0.0
    for range in batches {
      let loss = classifier.loss(
        classifier.logits(pixels(range)), labels: Array(labels[range]), reduction: .sum)
      total += loss.perExample.reduce(0.0) { $0 + Double($1) }
    }
    return total / Double(images.count)
  }

  /// Refuses to go on without images: there is no error rate of nothing.
  package func requireImages() throws(StageFailure) {
    guard images.count > 0 else {
      throw StageFailure(.data, "the data set holds no image of the classes the model knows")
    }
  }

  /// The images in runs of at most `batch`.
  package var batches: [Range<Int>] {
    stride(from: 0, to: images.count, by: batch).map { $0..<min($0 + batch, images.count) }
  }
}
