import Attacks
import Contract
import Datasets
import Kernels
import Measures
import Models

/// The attack of the first images that a model reads rightly, a few at a time, so that an interruption
/// costs little.
struct AttackedImages {
  /// Where the model comes from.
  let model: StageInput
  /// The test set.
  let images: LabelledImages
  /// How many images are attacked, if the model reads so many rightly.
  let count: Int
  let attack: CarliniWagner
  /// Which of several models this is, for progress reports.
  let position: String
  let context: StageContext

  /// Images that are attacked at once; without influence on any of them.
  private static let batch = 100

  /// Attacks, judges, and leaves what is finished in the checkpoint.
  func run(_ checkpoint: Checkpoint) throws -> AdversarialSet {
    let (victim, test) = try model.subject(images, in: context.workspace)
    try test.requireImages()
    try model.requireUnitRange(in: context.workspace)
    let rows = try firstRight(victim, test)
    let inTestSet =
      victim.classes.count == images.classes
      ? Array(images.labels.indices)
      : images.indices(ofClasses: Set(victim.classes.map(UInt8.init)))
    let looked = rows.count == count ? (rows.last ?? 0) + 1 : test.images.count
    var set = AdversarialSet(
      model: model.stage, pixels: images.pixelsPerImage, looked: looked,
      rows: rows.map { inTestSet[$0] }, labels: rows.map { victim.classes[test.labels[$0]] }
    ).resumed(from: checkpoint.load())
    while set.done < rows.count {
      let part = set.done..<min(set.done + Self.batch, rows.count)
      try attack(Array(rows[part]), part, victim, test, &set)
      context.progress(
        Progress(set.done, of: rows.count, unit: "images", detail: position))
      let snapshot = set
      checkpoint.save { snapshot.bundle }
    }
    return set
  }

  /// The first images that are read rightly, by their position among those the model knows.
  private func firstRight(_ victim: Classifier, _ test: Evaluator) throws -> [Int] {
    let answers = test.evaluate(victim).answers
    try FiniteAnswers.require(answers, of: "‘\(model.stage)’")
    return Array(
      answers.indices.lazy.filter { answers[$0].label == test.labels[$0] }.prefix(count))
  }

  /// What the attack proposes is brought into the box again and put before the model again.
  private func attack(
    _ rows: [Int], _ part: Range<Int>, _ victim: Classifier, _ test: Evaluator,
    _ set: inout AdversarialSet
  ) throws {
    let x = test.encoding.encode(test.images, rows: rows, in: context.workspace)
    let labels = rows.map { test.labels[$0] }
    let proposal = attack.perturb(
      x, rows: part, labels: labels, against: victim, seed: context.seed)
    let (found, answers) = try test.judged(
      proposal, around: x, by: attack, asking: victim, named: "‘\(model.stage)’")
    set.append(
      found, fooled: zip(labels, answers).map { $0 != $1.label },
      distances: (found - x).rowSumsOfSquares().map { $0.squareRoot() })
  }
}

extension StageInput {
  /// Refuses models that see images encoded otherwise than as pixels, of which there is no box.
  func requireUnitRange(in workspace: Workspace) throws(StageFailure) {
    guard try encoding(in: workspace) is UnitRange else {
      throw StageFailure(
        .data, "‘\(stage)’ sees no pixels as they are, and the attack is bounded to those in 0…1")
    }
  }
}
