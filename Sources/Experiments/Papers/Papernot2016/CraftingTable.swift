import Attacks
import Contract
import Datasets
import Kernels
import Measures

/// The tables of Papernot and others 2016, §V: how often images become other classes, and how many
/// pixels that takes.
package struct CraftingTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "jsma-table"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Saliency map attack of each image to each other class (Papernot and others 2016, section V)."
  /// The digits to attack, and the models.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "attack", "model", "replicate", "attacks", "success_rate", "success_of_right",
      "distortion_all", "distortion_success", "stuck_rate", "at_once_rate"),
    .table("pairs", "source", "target", "success_rate", "distortion_all").ifWanted,
    .heatMap("distortion").ifWanted, .heatMap("success").ifWanted,
  ]
  /// Tens of thousands of attacks keep many cores busy.
  package static let isParallel = true
  /// Each row is about one model.
  package static let rowInputs = ["models": ["model"]]

  /// Which images are attacked.
  package enum Part: String, CaseIterable {
    case training, validation, test

    package func images(of digits: DigitImages) -> LabelledImages {
      switch self {
      case .training: digits.train
      case .validation: digits.validation
      case .test: digits.test
      }
    }
  }

  private let part: Part
  private let images: Int
  private let settings: JSMASettings

  /// Takes the `part` (`training`, `validation` or `test`), how many of its first `images` are
  /// attacked, and what `JSMASettings` takes.
  package init(options: inout OptionReader) throws(OptionError) {
    part = try options.choice("part", of: Part.self)
    images = try options.int("images", in: 1...60_000)
    settings = try JSMASettings(options: &options)
  }

  /// Gives the table `attack`, and for a single model the table `pairs` and the heat maps `success`
  /// and `distortion`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let all = part.images(of: digits)
    let chosen = all.subset(0..<min(images, all.count))
    let pixels = chosen.pixelsPerImage
    let models = context.inputs["models"] ?? []
    var table = emptyTable(chosen.count)
    var artifacts: [String: Artifact] = [:]
    for model in models {
      let (victim, test) = try model.subject(chosen, in: context.workspace)
      let crafted = try Crafting(settings.jsma(on: pixels), victim, test, context)
        .run(first: test.images.count)
      let all = CraftingSummary(crafted, pixels: pixels)
      table.append([
        .text(model.name), .integer(model.replicate), .integer(all.attacks), all.successCell,
        CraftingSummary(crafted.filter(\.wasRight), pixels: pixels).successCell,
        .measured(all.distortion), .measured(all.distortionOfSuccesses),
        .proportion(hits: crafted.count(where: \.isStuck), total: max(1, crafted.count)),
        .proportion(hits: crafted.count { $0.steps == 0 }, total: max(1, crafted.count)),
      ])
      if models.count == 1 { artifacts = byPair(crafted, victim.classes, pixels) }
    }
    artifacts["attack"] = .table(table)
    return context.inheriting(
      artifacts,
      conditions: settings.conditions.merging([
        "\(context.name)/part": part.rawValue, "\(context.name)/images": "\(chosen.count)",
      ]) { $1 },
      deviations: settings.deviations)
  }

  private func emptyTable(_ count: Int) -> Table {
    Table(
      caption: "The first \(count) \(part.rawValue) images, each sent to every class but its own by"
        + " the saliency map attack, \(settings.text). Distortion is the share of the pixels that"
        + " differ. Attacks end without success when the budget is spent or when no"
        + " \(settings.map == .pair ? "pair" : "pixel") is admissible.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("attacks", "attacks"),
        Table.Column("success_rate", "success", unit: "%", decimals: 2),
        Table.Column("success_of_right", "of images read rightly", unit: "%", decimals: 2),
        Table.Column("distortion_all", "distortion", unit: "%", decimals: 2),
        Table.Column("distortion_success", "of successes", unit: "%", decimals: 2),
        Table.Column("stuck_rate", "nothing admissible", unit: "%", decimals: 2),
        Table.Column("at_once_rate", "target from the start", unit: "%", decimals: 2),
      ])
  }

  private func byPair(_ crafted: [Crafted], _ classes: [Int], _ pixels: Int) -> [String: Artifact] {
    let groups = Dictionary(grouping: crafted) { [$0.source, $0.target] }
    func summary(_ s: Int, _ t: Int) -> CraftingSummary {
      CraftingSummary(groups[[s, t]] ?? [], pixels: pixels)
    }
    var table = Table(
      caption: "The same for each pair of classes.",
      columns: [
        Table.Column("source", "source"), Table.Column("target", "target"),
        Table.Column("success_rate", "success", unit: "%", decimals: 1),
        Table.Column("distortion_all", "distortion", unit: "%", decimals: 2),
      ])
    for s in classes.indices {
      for t in classes.indices where t != s {
        let cell = summary(s, t)
        table.append([
          .integer(classes[s]), .integer(classes[t]), cell.successCell, .measured(cell.distortion),
        ])
      }
    }
    let success = PairMatrix(classes) { s, t in
      let cell = summary(s, t)
      return cell.attacks > 0 ? Double(cell.successes) / Double(cell.attacks) * 100 : nil
    }
    return [
      "pairs": .table(table),
      "success": success.heatMap(
        "Success of the attack", caption: "Success in percent for each source and target class.",
        decimals: 1),
      "distortion": PairMatrix(classes) { summary($0, $1).distortion }.heatMap(
        "Mean distortion",
        caption:
          "Mean share of changed pixels in percent for each source and target class, failures"
          + " included.", decimals: 2),
    ]
  }
}
