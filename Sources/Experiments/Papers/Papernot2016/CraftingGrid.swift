import Attacks
import Contract
import Kernels
import Measures
import Models

/// The pictures of Papernot and others 2016: one digit of each class turned into every other, and a
/// black image turned into each class.
package struct CraftingGrid: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "jsma-grid"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Digits of each class as the saliency map attack leaves them (Papernot and others 2016, figures 1 and 10)."
  /// The digits to attack, and the model.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [.images("images")]
  /// A hundred attacks are soon done.
  package static let isParallel = false

  /// Where the attack begins.
  enum Start: String, CaseIterable {
    /// The first test image of each class that the model gets right.
    case digits
    /// A black image.
    case empty
  }

  private let start: Start
  private let settings: JSMASettings

  /// Takes `start` (`digits` or `empty`) and what `JSMASettings` takes.
  package init(options: inout OptionReader) throws(OptionError) {
    start = try options.choice("start", of: Start.self)
    settings = try JSMASettings(options: &options)
  }

  /// Gives the pictures `images`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let (victim, test) = try context.input("model").subject(digits.test, in: context.workspace)
    try test.requirePixels()
    let width = digits.test.pixelsPerImage
    let classes = victim.classes.indices
    let sources = start == .empty ? [[Float](repeating: 0, count: width)] : try firsts(victim, test)
    let cells = sources.indices.flatMap { source in classes.map { (source, $0) } }
    let attack = settings.jsma(on: width)
    let x = context.workspace.tensor([cells.count, width], cells.flatMap { sources[$0.0] })
    let aims = cells.map { source, target in
      // A black image shows no class, so none is its own.
      Aim(label: start == .empty ? -1 : source, .targeted(target))
    }
    let (crafted, answers) = try test.judged(
      attack.perturb(x, rows: 0..<cells.count, aims: aims, against: victim, seed: context.seed),
      around: x, by: attack, asking: victim, named: "the model")
    // On the diagonal stand the originals.
    let shown = zip(cells, rows(of: crafted)).flatMap { cell, row in
      start == .digits && cell.0 == cell.1 ? sources[cell.0] : row
    }
    let reached = zip(aims, answers).map { $0.isPossible && $0.isMet(by: $1) }
    let caption =
      start == .empty
      ? "A black image turned into each class from left to right"
      : "A digit of each class (down) turned into each class (across), originals on the diagonal"
    return context.inheriting(
      [
        "images": .images(
          ImageGrid(
            caption: "\(caption), by the saliency map attack, \(settings.text); boxed where the"
              + " model names the target.",
            height: digits.test.height, width: digits.test.width, columns: classes.count,
            pixels: grey(shown), boxed: Set(reached.indices.filter { reached[$0] })))
      ], deviations: settings.deviations)
  }

  private func firsts(_ victim: Classifier, _ test: Evaluator) throws -> [[Float]] {
    let answers = test.evaluate(victim).answers
    return try victim.classes.indices.map { label in
      let found = test.labels.indices.first {
        test.labels[$0] == label && answers[$0].label == label
      }
      guard let index = found else {
        throw StageFailure(
          .data, "the model gets no test image of a \(victim.classes[label]) right")
      }
      return test.images.pixels(index..<index + 1)
    }
  }

  private func rows(of x: Tensor) -> [[Float]] {
    let (values, width) = (x.values, x.shape[1])
    return (0..<x.shape[0]).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }
}
