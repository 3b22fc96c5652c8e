import Contract

/// What Kos, Fischer & Song 2017 find in their attacks, model by model, and whether it is found here.
struct AttackFindings {
  private let attacks: Table
  private let ladders: [String: Table]

  /// From the rows of `VAEAttackTable.totals`, and the ladder of the fast gradient sign of each model.
  init(_ attacks: Table, ladders: [String: Table]) {
    self.attacks = attacks
    self.ladders = ladders
  }

  /// One number that should be larger than another, or at least as large.
  private struct Rule {
    let finding: String
    let one: Double?
    let other: Double?
    var mayBeEqual = false

    var holds: Bool? {
      guard let one, let other else { return nil }
      return one > other || mayBeEqual && one == other
    }
  }

  /// A row a finding and model.
  var table: Table {
    var table = Table(
      caption:
        "What the paper finds, and whether it is found here. The fast gradient sign is given as"
        + " far as its mean distance does not exceed that of the latent attack.",
      columns: [
        Table.Column("model", "model"), Table.Column("finding", "finding"),
        Table.Column("one", "the first", decimals: 2),
        Table.Column("other", "the second", decimals: 2), Table.Column("holds", "found here"),
      ])
    for model in Set(attacks.rows.compactMap { Self.text($0, "model", in: attacks) }).sorted() {
      for rule in rules(model) {
        table.append([
          .text(model), .text(rule.finding), .measured(rule.one), .measured(rule.other),
          rule.holds.map { .text($0 ? "yes" : "no") } ?? .missing,
        ])
      }
    }
    return table
  }

  private func rules(_ model: String) -> [Rule] {
    func of(_ attack: String, _ column: String) -> Double? {
      attacks.rows.first {
        Self.text($0, "model", in: attacks) == model
          && Self.text($0, "attack", in: attacks) == attack
      }.flatMap { Self.number($0, column, in: attacks) }
    }
    return [
      Rule(
        finding: "the latent attack reaches its target more often than the classifier attack (%)",
        one: of("latent", "target_rate"), other: of("classifier", "target_rate")),
      Rule(
        finding: "the latent attack reaches its target at least as often as L_VAE (%)",
        one: of("latent", "target_rate"), other: of("l-vae", "target_rate"), mayBeEqual: true),
      Rule(
        finding:
          "reconstructions of the classifier attack are stranger than those of the latent one",
        one: of("classifier", "strangeness"), other: of("latent", "strangeness")),
      Rule(
        finding: "L_VAE costs more an iteration than the latent attack (millions of multiply-adds)",
        one: of("l-vae", "cost"), other: of("latent", "cost")),
      Rule(
        finding:
          "optimisation reaches the target more than twice as often as the fast gradient sign (%)",
        one: of("latent", "target_rate"),
        other: fastGradient(model, within: of("latent", "mean_l2")).map { 2 * $0 }),
    ]
  }

  /// The best rate of the fast gradient sign at no greater distance.
  private func fastGradient(_ model: String, within distance: Double?) -> Double? {
    guard let distance, let ladder = ladders[model] else { return nil }
    return ladder.rows.filter { (Self.number($0, "mean_l2", in: ladder) ?? .infinity) <= distance }
      .compactMap { Self.number($0, "target_rate", in: ladder) }.max()
  }

  private static func number(_ row: [Table.Cell], _ column: String, in table: Table) -> Double? {
    guard let place = table.index(of: column) else { return nil }
    return switch row[place] {
    case .number(let number): number
    case let cell: TransformationSummary.percent(cell)
    }
  }

  private static func text(_ row: [Table.Cell], _ column: String, in table: Table) -> String? {
    if let place = table.index(of: column), case .text(let word) = row[place] { word } else { nil }
  }
}
