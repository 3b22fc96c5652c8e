import Kernels

/// Attacks propose, this decides. Apart from the evaluator itself, so that an edit of an attack makes
/// no training stale.
extension Evaluator {
  /// Answers on what an attack makes of the images: projected into its threat model again, checked
  /// to be finite, and put before the classifier again.
  public func attacked(
    _ classifier: some Victim, by attack: some Attack, seed: Seed,
    progress: (Int) -> Void = { _ in }
  ) throws(StageFailure) -> Evaluation {
    try transferred(attack, from: classifier, to: classifier, seed: seed, progress: progress)
  }

  /// One model's answers on what an attack on another makes of the images.
  public func transferred(
    _ attack: some Attack, from source: some Victim, to target: some Victim, seed: Seed,
    progress: (Int) -> Void = { _ in }
  ) throws(StageFailure) -> Evaluation {
    var answers: [Classifier.Answer] = []
    answers.reserveCapacity(images.count)
    try requireImages()
    for range in batches {
      answers += target.answers(try perturbed(range, by: attack, against: source, seed: seed))
      // A gradient that overflowed has no sign, so the attack would stand still and look harmless.
      guard answers[range].allSatisfy(\.confidence.isFinite) else {
        throw StageFailure(.computation, "the classifier's probabilities are not finite numbers")
      }
      progress(range.upperBound)
    }
    return Evaluation(labels: labels, answers: answers)
  }

  /// The images of a range as the attack leaves them, projected and checked.
  public func perturbed(
    _ range: Range<Int>, by attack: some Attack, against classifier: some Victim, seed: Seed
  ) throws(StageFailure) -> Tensor {
    let x = pixels(range)
    let proposal = attack.perturb(
      x, rows: range, labels: Array(labels[range]), against: classifier, seed: seed)
    guard proposal.withUnsafeBuffer({ $0.allSatisfy(\.isFinite) }) else {
      throw StageFailure(.computation, "the attack made a pixel that is not a finite number")
    }
    return attack.threatModel.project(proposal, around: x)
  }
}
