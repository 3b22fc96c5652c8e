import Kernels

/// What an attack made of images on one model, put before others as well.
extension Evaluator {
  /// The answers of `source` and of each of `others` on what an attack makes of the images against
  /// `source` alone, in this order.
  ///
  /// An error of the others says how well the images transfer, not how robust they are.
  func answers(
    of others: [any Victim], onAttackOf source: some Victim, by attack: some Attack, seed: Seed
  ) throws(StageFailure) -> (source: Evaluation, others: [Evaluation]) {
    try requireImages()
    var named: [[Classifier.Answer]] = Array(repeating: [], count: others.count + 1)
    for range in batches {
      let x = try perturbed(range, by: attack, against: source, seed: seed)
      named[0] += source.answers(x)
      for (i, model) in others.enumerated() { named[i + 1] += model.answers(x) }
    }
    let evaluations = named.map { Evaluation(labels: labels, answers: $0) }
    guard evaluations.allSatisfy({ $0.answers.allSatisfy(\.confidence.isFinite) }) else {
      throw StageFailure(.computation, "the classifiers' probabilities are not finite numbers")
    }
    return (evaluations[0], Array(evaluations.dropFirst()))
  }
}
