/// The rows of several attacks on autoencoders side by side, and what the paper finds in them.
///
/// Kos, Fischer & Song 2017, §5: the latent attack is the strongest, the classifier attack gives poor
/// reconstructions, L_VAE is expensive.
public struct VAEAttackSummary: Stage {
  /// The word that names this kind of stage in the spec.
  public static let kind = "vae-attack-summary"
  /// One sentence for `help` and for the report.
  public static let summary =
    "Puts attacks on autoencoders side by side (Kos, Fischer & Song 2017, section 5)."
  /// Tables of attacks.
  public static let inputs = [InputSlot("attacks", artifacts: ["totals"], takesMany: true)]
  /// There is nothing to compute.
  public static let isParallel = false

  /// Takes no options.
  public init(options: inout OptionReader) throws(OptionError) {}

  /// Gives the tables `attacks` and `findings`.
  public func run(_ context: StageContext) throws -> StageOutput {
    let tables = try (context.inputs["attacks"] ?? []).map { input -> Table in
      guard case .table(let totals)? = input.output.artifacts["totals"] else {
        throw StageFailure(.data, "‘\(input.stage)’ has no table named ‘totals’")
      }
      return totals
    }
    guard let first = tables.first, tables.allSatisfy({ $0.columns == first.columns }) else {
      throw StageFailure(.data, "tables of attacks must have the same columns")
    }
    let all = Table(
      caption: first.caption, columns: first.columns, rows: tables.flatMap(\.rows))
    return context.inheriting(["attacks": .table(all), "findings": .table(findings(all))])
  }

  /// What the paper finds, model by model, and whether it is found here.
  private func findings(_ all: Table) -> Table {
    func value(_ row: [Table.Cell], _ column: String) -> Double? {
      guard let place = all.index(of: column) else { return nil }
      return switch row[place] {
      case .number(let number): number
      case let cell: TransformationSummary.percent(cell)
      }
    }
    func text(_ row: [Table.Cell], _ column: String) -> String {
      if let place = all.index(of: column), case .text(let word) = row[place] { word } else { "" }
    }
    var table = Table(
      caption: "What the paper finds, and whether it is found here.",
      columns: [
        Table.Column("model", "model"), Table.Column("finding", "finding"),
        Table.Column("one", "", decimals: 2), Table.Column("other", "against", decimals: 2),
        Table.Column("holds", "found here"),
      ])
    let models = all.rows.map { text($0, "model") }
    for model in Set(models).sorted() {
      func of(_ attack: String, _ column: String) -> Double? {
        all.rows.first { text($0, "model") == model && text($0, "attack") == attack }
          .flatMap { value($0, column) }
      }
      let rules: [(String, Double?, Double?)] = [
        (
          "the latent attack reaches its target more often than the classifier attack (%)",
          of("latent", "target_rate"), of("classifier", "target_rate")
        ),
        (
          "the latent attack reaches its target at least as often as L_VAE (%)",
          of("latent", "target_rate"), of("l-vae", "target_rate")
        ),
        (
          "reconstructions of the classifier attack are stranger than those of the latent attack",
          of("classifier", "strangeness"), of("latent", "strangeness")
        ),
        (
          "L_VAE costs more an iteration than the latent attack (millions of multiply-adds)",
          of("l-vae", "cost"), of("latent", "cost")
        ),
      ]
      for (index, rule) in rules.enumerated() {
        let holds = rule.1.flatMap { one in
          rule.2.map { index == 1 ? one >= $0 : one > $0 }
        }
        table.append([
          .text(model), .text(rule.0), .measured(rule.1), .measured(rule.2),
          holds.map { .text($0 ? "yes" : "no") } ?? .missing,
        ])
      }
    }
    return table
  }
}
