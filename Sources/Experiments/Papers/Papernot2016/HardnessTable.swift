import Attacks
import Contract
import Kernels
import Measures

/// The hardness of turning one class into another, and the adversarial distance that predicts it.
///
/// Papernot and others 2016, §V. The hardness H(s, t) is the distortion ε of the attack integrated
/// over its success rate τ, by trapezoids between budgets Υₖ (equations 10 and 11).
package struct HardnessTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "jsma-hardness"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Hardness and adversarial distance of each pair of classes (Papernot and others 2016, section V)."
  /// The digits to attack, and the model.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("ladder", "pixels", "upsilon", "success_rate", "distortion_all", "distortion_success"),
    .table("pairs", "source", "target", "hardness", "adversarial_distance"),
    .table("summary", "pearson", "spearman", "robustness"), .plot("curve"),
    .heatMap("adversarial-distance"), .heatMap("hardness"),
  ]
  /// Thousands of attacks keep many cores busy.
  package static let isParallel = true

  private let images: Int
  private let budgets: [Int]
  private let direction: JSMA.Direction

  /// Takes how many `images` of the test part are attacked, the list `pixels` of budgets, and the
  /// `direction`.
  package init(options: inout OptionReader) throws(OptionError) {
    images = try options.int("images", in: 1...60_000)
    let pixels = try options.doubles("pixels", in: 0...1_000_000)
    if let odd = pixels.firstIndex(where: { $0 != $0.rounded() || Int($0) % 2 != 0 }) {
      throw OptionError(
        path: ["pixels", "\(odd)"], message: "\(pixels[odd]) is no even number of pixels",
        hint: "the attack changes two at a time")
    }
    budgets = Set(pixels.map { Int($0) }).sorted()
    direction = try options.choice("direction", of: JSMA.Direction.self)
  }

  /// Gives the tables `ladder`, `pairs` and `summary`, the heat maps `hardness` and
  /// `adversarial-distance`, and the plot `curve`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let chosen = digits.test.subset(0..<min(images, digits.test.count))
    let (victim, test) = try context.input("model").subject(chosen, in: context.workspace)
    let pixels = chosen.pixelsPerImage
    // One run with the largest budget tells what each smaller one gives.
    let attack = JSMA(pixels: min(budgets.last ?? 0, pixels), direction: direction)
    let crafted = try Crafting(attack, victim, test, context).run(first: test.images.count)
    let groups = Dictionary(grouping: crafted) { [$0.source, $0.target] }
    let hardness = PairMatrix(victim.classes) { s, t in
      CraftingSummary.hardness(groups[[s, t]] ?? [], pixels: pixels, budgets: budgets)
    }
    let (distance, robustness) = AdversarialDistance(direction: direction, victim: victim)
      .measure(test, first: test.images.count)
    return context.inheriting(
      [
        "ladder": .table(ladder(crafted, pixels)), "curve": .plot(curve(crafted, pixels)),
        "pairs": .table(pairs(victim.classes, hardness, distance)),
        "summary": .table(summary(hardness, distance, robustness)),
        "hardness": hardness.heatMap(
          "Hardness H(s, t)",
          caption:
            "Hardness of each source and target class: mean distortion in percent, integrated"
            + " over the success rate.", decimals: 2),
        "adversarial-distance": distance.heatMap(
          "Adversarial distance A(s, t)",
          caption: "Mean adversarial distance of each source and target class: the share of pixels"
            + " that do not help the attacker in the first step.", decimals: 2),
      ],
      conditions: ["attack": "jsma", "\(context.name)/images": "\(chosen.count)"],
      deviations: [
        Deviation(
          "hardness: distortions are means over all attacks of a pair of classes, failures included,"
            + " and the integral runs from the smallest budget to the largest",
          because: "the paper does not say whether failures count, nor what lies below the first"
            + " budget")
      ])
  }

  private func ladder(_ crafted: [Crafted], _ pixels: Int) -> Table {
    Table(
      caption: "Success and distortion for each budget, over all pairs of classes.",
      columns: [
        Table.Column("pixels", "pixels that may change"),
        Table.Column("upsilon", "Υ", unit: "%", decimals: 1),
        Table.Column("success_rate", "success", unit: "%", decimals: 2),
        Table.Column("distortion_all", "distortion", unit: "%", decimals: 2),
        Table.Column("distortion_success", "of successes", unit: "%", decimals: 2),
      ],
      rows: budgets.map { limit in
        let seen = CraftingSummary(crafted, pixels: pixels, limit: limit)
        return [
          .integer(limit), .number(Double(limit) / Double(pixels) * 100), seen.successCell,
          .measured(seen.distortion), .measured(seen.distortionOfSuccesses),
        ]
      })
  }

  private func curve(_ crafted: [Crafted], _ pixels: Int) -> Plot {
    Plot(
      caption: "Success of the attack against the share of pixels that may change.",
      title: "Saliency map attack: success against budget", xLabel: "Υ (%)",
      yLabel: "success (%)", yRange: 0...100,
      series: [
        Plot.Series(
          "success",
          points: budgets.map { limit in
            let seen = CraftingSummary(crafted, pixels: pixels, limit: limit)
            return Plot.Point(
              x: Double(limit) / Double(pixels) * 100, hits: seen.successes, of: seen.attacks)
          })
      ])
  }

  private func pairs(_ classes: [Int], _ hardness: PairMatrix, _ distance: PairMatrix) -> Table {
    var table = Table(
      caption: "Hardness and adversarial distance of each pair of classes.",
      columns: [
        Table.Column("source", "source"), Table.Column("target", "target"),
        Table.Column("hardness", "hardness", decimals: 3),
        Table.Column("adversarial_distance", "adversarial distance", decimals: 3),
      ])
    for s in classes.indices {
      for t in classes.indices where t != s {
        table.append([
          .integer(classes[s]), .integer(classes[t]), .measured(hardness[s, t]),
          .measured(distance[s, t]),
        ])
      }
    }
    return table
  }

  private func summary(
    _ hardness: PairMatrix, _ distance: PairMatrix, _ robustness: Double
  ) -> Table {
    let both = zip(hardness.values, distance.values).compactMap { h, a in
      if let h, let a { (h, a) } else { nil }
    }
    let (h, a) = (both.map(\.0), both.map(\.1))
    return Table(
      caption: "Whether the adversarial distance, for which nothing is attacked, foretells the"
        + " hardness; and the robustness R(F), the least distance of any image from any class.",
      columns: [
        Table.Column("pearson", "correlation of H and A", decimals: 3),
        Table.Column("spearman", "of their ranks", decimals: 3),
        Table.Column("robustness", "robustness R(F)", decimals: 4),
      ],
      rows: [
        [
          .measured(Correlation.pearson(h, a)), .measured(Correlation.spearman(h, a)),
          .number(robustness),
        ]
      ])
  }
}
