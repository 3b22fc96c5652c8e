import Attacks
import Contract
import Kernels
import Measures

/// What an adversary may want and may know: the taxonomy of Papernot and others 2016, §II, with how
/// far three attacks get with each goal.
package struct ThreatTaxonomy: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "threat-taxonomy"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Adversarial goals and knowledge, and attacks under each goal (Papernot and others 2016, section II)."
  /// The digits to attack, and the model.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("goals", "goal", "meaning", "clean_rate", "fgsm_rate", "jsma_rate"),
    .table("knowledge", "knowledge", "used_by"),
  ]
  /// Attacks on some hundred images keep many cores busy.
  package static let isParallel = true

  private let images: Int
  private let confidence: Double
  private let source: Int
  private let target: Int
  private let epsilon: Double
  private let settings: JSMASettings

  /// Takes how many `images` of the test part are attacked, the `confidence` below which an answer
  /// counts as reduced, the classes `source` and `target`, the `epsilon` of FGSM, and what
  /// `JSMASettings` takes.
  package init(options: inout OptionReader) throws(OptionError) {
    images = try options.int("images", in: 1...60_000)
    confidence = try options.double("confidence", in: 0...1)
    source = try options.int("source", in: 0...9)
    target = try options.int("target", in: 0...9)
    guard source != target else {
      throw OptionError(
        path: ["target"], message: "‘target’ and ‘source’ are the same class",
        hint: "give two different classes")
    }
    epsilon = try options.double("epsilon", in: 0...1)
    settings = try JSMASettings(options: &options)
  }

  /// Gives the tables `goals` and `knowledge`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let chosen = digits.test.subset(0..<min(images, digits.test.count))
    let (victim, test) = try context.input("model").subject(chosen, in: context.workspace)
    try test.requirePixels()
    guard let from = victim.classes.firstIndex(of: source),
      let to = victim.classes.firstIndex(of: target)
    else {
      throw StageFailure(
        .data, "the model knows the classes \(victim.classes), not \(source) and \(target)")
    }
    let fgsm = FGSM(LInfBall(epsilon: Float(epsilon), clips: true))
    let jsma = settings.jsma(on: chosen.pixelsPerImage)
    let goals: [(String, String, any Criterion)] = [
      (
        "confidence reduction", "an error, or a confidence below \(confidence)",
        ConfidenceReduction(below: Float(confidence))
      ),
      ("misclassification", "any class but the true one", Misclassification()),
      ("targeted misclassification", "a \(target), whatever the input shows", Targeted(to)),
      (
        "source/target misclassification", "a \(target) for a \(source)",
        SourceTarget(from: from, to: to)
      ),
    ]
    var table = Table(
      caption: "Goals from the easiest to the hardest, and how often they are met on the first"
        + " \(chosen.count) test images that they apply to: as the images are, under FGSM (ε ="
        + " \(epsilon), clipped) and under the saliency map attack (\(settings.text)).",
      columns: [
        Table.Column("goal", "goal"), Table.Column("meaning", "what is wanted"),
        Table.Column("clean_rate", "met without attack", unit: "%", decimals: 1),
        Table.Column("fgsm_rate", "under FGSM", unit: "%", decimals: 1),
        Table.Column("jsma_rate", "under the saliency map attack", unit: "%", decimals: 1),
      ])
    for (i, (name, meaning, criterion)) in goals.enumerated() {
      let fitting = test.labels.indices.filter { Aim(label: test.labels[$0], criterion).isPossible }
      let some = Evaluator(
        test.images.subset(fitting), for: victim.classes, in: context.workspace)
      func share(_ result: Evaluation) -> Table.Cell {
        let met = zip(result.labels, result.answers).count {
          Aim(label: $0, criterion).isMet(by: $1)
        }
        return result.count > 0 ? .proportion(hits: met, total: result.count) : .missing
      }
      func attacked(_ attack: some Attack) throws -> Table.Cell {
        fitting.isEmpty
          ? .missing
          : share(
            try some.attacked(victim, by: attack, seed: context.seed, criterion: criterion))
      }
      table.append([
        .text(name), .text(meaning), share(some.evaluate(victim)), try attacked(fgsm),
        try attacked(jsma),
      ])
      context.progress(Progress(i + 1, of: goals.count, unit: "goals"))
    }
    return context.inheriting(
      ["goals": .table(table), "knowledge": .table(Self.knowledge)],
      deviations: settings.deviations)
  }

  /// What the adversary may know, from most to least; the paper's attack and FGSM need the most.
  private static let knowledge = Table(
    caption: "What an adversary may know, from the most to the least, and what of it is used here.",
    columns: [
      Table.Column("knowledge", "the adversary knows"), Table.Column("used_by", "used by"),
    ],
    rows: [
      ["the training data and the network", "nothing here"],
      [
        "the network: its architecture and weights",
        "FGSM, rotation and the saliency map attack, which take its gradients",
      ],
      ["the training data, to train a network of its own", "the transfer tables"],
      ["an oracle: answers to inputs of its choice", "nothing here"],
      ["samples: some inputs with their answers", "nothing here"],
    ].map { row in row.map { .text($0) } })
}
