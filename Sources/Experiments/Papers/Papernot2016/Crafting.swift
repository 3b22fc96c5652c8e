import Attacks
import Contract
import Datasets
import Kernels
import Measures
import Models

/// What became of one image on its way to one class.
struct Crafted: Hashable, Sendable {
  /// The true class.
  let source: Int
  let target: Int
  /// Steps made.
  let steps: Int
  /// Pixels that differ from the original.
  let changed: Int
  /// Whether the victim, asked again, names the target.
  let isSuccess: Bool
  /// Whether nothing admissible was left.
  let isStuck: Bool
  /// Whether the victim got the original right.
  let wasRight: Bool
}

extension Evaluator {
  /// Refuses images that are encoded otherwise than as pixels: they have none to set to white.
  func requirePixels() throws(StageFailure) {
    guard encoding is UnitRange else {
      throw StageFailure(
        .data, "the saliency map attack needs a model that sees pixels as they are")
    }
  }
}

/// The attack of each image to each class but its own.
struct Crafting {
  let attack: JSMA
  let victim: Classifier
  /// The images, whose numbers are pixels, and who judges.
  let test: Evaluator
  let context: StageContext

  /// Refuses victims that do not see pixels, and sets without images.
  init(
    _ attack: JSMA, _ victim: Classifier, _ test: Evaluator, _ context: StageContext
  ) throws(StageFailure) {
    try test.requirePixels()
    try test.requireImages()
    self.attack = attack
    self.victim = victim
    self.test = test
    self.context = context
  }

  /// The first `count` images, each to all other classes, in the order of images and classes.
  ///
  /// Memory does not grow with the images: those that are done are judged a batch at a time and
  /// forgotten.
  func run(first count: Int) throws -> [Crafted] {
    let classes = victim.classes.count
    let right = zip(test.labels, test.evaluate(victim).answers).map { $0 == $1.label }
    let total = count * classes
    var results = [Crafted?](repeating: nil, count: total)
    var (next, done) = (0, 0)
    var waiting: [SaliencyRun<Classifier>.End] = []
    func judge() throws {
      defer { waiting = [] }
      guard !waiting.isEmpty else { return }
      let (changed, answers) = try judged(waiting, classes)
      for (row, end) in waiting.enumerated() {
        results[end.id] = Crafted(
          source: end.aim.label, target: end.id % classes, steps: end.steps,
          changed: changed[row], isSuccess: end.aim.isMet(by: answers[row]),
          isStuck: end.reason == .stuck, wasRight: right[end.id / classes])
      }
      done += waiting.count
      context.progress(
        Progress(done, of: total / classes * (classes - 1), unit: "attacks", detail: ""))
    }
    var run = SaliencyRun(
      attack, against: victim, width: test.images.pixelsPerImage, in: context.workspace)
    try run.drain {
      // Nobody turns a class into itself.
      while next < total, test.labels[next / classes] == next % classes { next += 1 }
      guard next < total else { return nil }
      defer { next += 1 }
      let image = next / classes
      return SaliencyRun.Job(
        id: next, aim: Aim(label: test.labels[image], .targeted(next % classes)),
        pixels: test.images.pixels(image..<image + 1))
    } finished: { end in
      waiting.append(end)
      if waiting.count == 256 { try judge() }
    }
    try judge()
    return results.compactMap { $0 }
  }

  /// How many pixels of each image were changed in the end, and what the victim says to it.
  private func judged(
    _ ends: [SaliencyRun<Classifier>.End], _ classes: Int
  ) throws -> (changed: [Int], answers: [Classifier.Answer]) {
    let width = test.images.pixelsPerImage
    let shape = [ends.count, width]
    let center = context.workspace.tensor(
      shape, ends.flatMap { test.images.pixels($0.id / classes..<$0.id / classes + 1) })
    let (image, answers) = try test.judged(
      context.workspace.tensor(shape, ends.flatMap(\.pixels)), around: center, by: attack,
      asking: victim, named: "the victim")
    let (from, to) = (center.values, image.values)
    return (
      ends.indices.map { row in
        (row * width..<(row + 1) * width).count { from[$0] != to[$0] }
      }, answers
    )
  }
}
