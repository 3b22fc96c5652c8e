import Kernels

/// Judges classifiers and attacks on images: attacks propose, this decides.
public struct Evaluator: Sendable {
  /// The images.
  public let images: LabelledImages
  /// The labels, as positions in the classifier's classes.
  public let labels: [Int]
  private let workspace: Workspace
  private let batch: Int

  /// Judges on those images whose class the classifier knows; `batch` bounds memory and is without
  /// influence on any answer.
  public init(
    _ images: LabelledImages, for classes: [Int], in workspace: Workspace, batch: Int = 500
  ) {
    let known = classes.count == images.classes
    self.images =
      known ? images : images.subset(images.indices(ofClasses: Set(classes.map(UInt8.init))))
    labels = self.images.labels.map { classes.firstIndex(of: Int($0)) ?? 0 }
    self.workspace = workspace
    self.batch = batch
  }

  /// Pixels of some images as numbers in 0…1, `[n, pixels]`.
  public func pixels(_ range: Range<Int>) -> Tensor {
    gatherPixels(
      images.images, rowLength: images.pixelsPerImage, rows: Array(range), in: workspace)
  }

  /// Answers on the images as they are.
  public func evaluate(
    _ classifier: Classifier, progress: (Int) -> Void = { _ in }
  ) -> Evaluation {
    var answers: [Classifier.Answer] = []
    answers.reserveCapacity(images.count)
    for range in batches {
      answers += classifier.answers(pixels(range))
      progress(range.upperBound)
    }
    return Evaluation(labels: labels, answers: answers)
  }

  /// Answers on what an attack makes of the images: projected into its threat model again, checked
  /// to be finite, and put before the classifier again.
  public func evaluate(
    _ classifier: Classifier, under attack: some Attack, seed: Seed,
    progress: (Int) -> Void = { _ in }
  ) throws(StageFailure) -> Evaluation {
    var answers: [Classifier.Answer] = []
    answers.reserveCapacity(images.count)
    try requireImages()
    for range in batches {
      answers += classifier.answers(
        try perturbed(range, by: attack, against: classifier, seed: seed))
      // A gradient that overflowed has no sign, so the attack would stand still and look harmless.
      guard answers[range].allSatisfy(\.confidence.isFinite) else {
        throw StageFailure(.computation, "the classifier's probabilities are not finite numbers")
      }
      progress(range.upperBound)
    }
    return Evaluation(labels: labels, answers: answers)
  }

  /// The mean cross-entropy of a classifier's answers.
  public func meanLoss(_ classifier: Classifier) -> Double {
    var total = 0.0
    for range in batches {
      let loss = classifier.loss(
        classifier.logits(pixels(range)), labels: Array(labels[range]), reduction: .sum)
      total += loss.perExample.reduce(0.0) { $0 + Double($1) }
    }
    return total / Double(images.count)
  }

  /// The images of a range as the attack leaves them, projected and checked.
  public func perturbed(
    _ range: Range<Int>, by attack: some Attack, against classifier: Classifier, seed: Seed
  ) throws(StageFailure) -> Tensor {
    let x = pixels(range)
    let proposal = attack.perturb(
      x, rows: range, labels: Array(labels[range]), against: classifier, seed: seed)
    guard proposal.withUnsafeBuffer({ $0.allSatisfy(\.isFinite) }) else {
      throw StageFailure(.computation, "the attack made a pixel that is not a finite number")
    }
    return attack.ball.project(proposal, around: x)
  }

  /// Refuses to go on without images: there is no error rate of nothing.
  func requireImages() throws(StageFailure) {
    guard images.count > 0 else {
      throw StageFailure(.data, "the data set holds no image of the classes the model knows")
    }
  }

  private var batches: [Range<Int>] {
    stride(from: 0, to: images.count, by: batch).map { $0..<min($0 + batch, images.count) }
  }
}
