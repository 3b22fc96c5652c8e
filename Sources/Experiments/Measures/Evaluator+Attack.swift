import Attacks
import Contract
import Kernels
import Models

/// Attacks propose, this decides. Apart from the evaluator itself, so that an edit of an attack makes
/// no training stale.
extension Evaluator {
  /// Answers on what an attack makes of the images: projected into its threat model again, checked
  /// to be finite, and put before the classifier again.
  package func attacked(
    _ classifier: some Victim, by attack: some Attack, seed: Seed,
    criterion: any Criterion = Misclassification(), progress: (Int) -> Void = { _ in }
  ) throws(StageFailure) -> Evaluation {
    try answers(
      of: [], onAttackOf: classifier, by: attack, seed: seed, criterion: criterion,
      progress: progress
    ).source
  }

  /// The answers of `source` and of each of `others` on what an attack makes of the images against
  /// `source` alone, in this order.
  ///
  /// An error of the others says how well the images transfer, not how robust they are.
  package func answers(
    of others: [any Victim], onAttackOf source: some Victim, by attack: some Attack, seed: Seed,
    criterion: any Criterion = Misclassification(), progress: (Int) -> Void = { _ in }
  ) throws(StageFailure) -> (source: Evaluation, others: [Evaluation]) {
    try requireImages()
    var named: [[Classifier.Answer]] = Array(repeating: [], count: others.count + 1)
    for range in batches {
      let x = try perturbed(
        range, by: attack, against: source, seed: seed, criterion: criterion)
      named[0] += source.answers(x)
      for (i, model) in others.enumerated() { named[i + 1] += model.answers(x) }
      for answers in named { try FiniteAnswers.require(answers[range], of: "a classifier") }
      progress(range.upperBound)
    }
    let evaluations = named.map { Evaluation(labels: labels, answers: $0) }
    return (evaluations[0], Array(evaluations.dropFirst()))
  }

  /// Answers on what each of several one-step attacks makes of the images: one gradient serves all.
  package func attacked(
    _ classifier: some Victim, byEach attacks: [some GradientStep]
  ) throws(StageFailure) -> [Evaluation] {
    try requireImages()
    var named: [[Classifier.Answer]] = Array(repeating: [], count: attacks.count)
    for range in batches {
      let x = pixels(range)
      let gradient = classifier.lossGradient(at: x, labels: Array(labels[range]))
      for (i, attack) in attacks.enumerated() {
        let proposal = attack.step(from: x, along: gradient)
        named[i] += try judged(proposal, around: x, by: attack, asking: classifier).answers
      }
    }
    return named.map { Evaluation(labels: labels, answers: $0) }
  }

  /// The images of a range as the attack leaves them, projected and checked.
  package func perturbed(
    _ range: Range<Int>, by attack: some Attack, against classifier: some Victim, seed: Seed,
    criterion: any Criterion = Misclassification()
  ) throws(StageFailure) -> Tensor {
    let x = pixels(range)
    return try allowed(
      attack.perturb(
        x, rows: range, aims: labels[range].map { Aim(label: $0, criterion) }, against: classifier,
        seed: seed),
      around: x, by: attack)
  }

  /// What counts of a proposal: the image that the threat model allows, and what a victim says to it.
  ///
  /// Every attack is judged here, whatever it says of itself.
  package func judged(
    _ proposal: Tensor, around x: Tensor, by attack: some Attack, asking victim: some Victim,
    named model: String = "a classifier"
  ) throws(StageFailure) -> (image: Tensor, answers: [Classifier.Answer]) {
    let image = try allowed(proposal, around: x, by: attack)
    let answers = victim.answers(image)
    try FiniteAnswers.require(answers, of: model)
    return (image, answers)
  }

  /// A proposal brought into the attack's threat model.
  package func allowed(
    _ proposal: Tensor, around x: Tensor, by attack: some Attack
  ) throws(StageFailure) -> Tensor {
    guard proposal.isFinite else {
      throw StageFailure(.computation, "the attack made a pixel that is not a finite number")
    }
    return attack.threatModel.project(proposal, around: x)
  }
}
