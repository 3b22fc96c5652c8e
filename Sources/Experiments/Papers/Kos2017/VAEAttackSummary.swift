import Contract

/// The rows of several attacks on autoencoders side by side, and what the paper finds in them.
///
/// Kos, Fischer & Song 2017, §5 and slides: the latent attack is the strongest, the classifier attack
/// gives poor reconstructions, L_VAE is expensive, the fast gradient sign fails.
package struct VAEAttackSummary: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "vae-attack-summary"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Puts attacks on autoencoders side by side (Kos, Fischer & Song 2017, section 5)."
  /// Tables of attacks, and ladders of the fast gradient sign.
  package static let inputs = [
    InputSlot("attacks", artifacts: ["totals"], takesMany: true),
    InputSlot("ladders", artifacts: ["ladder"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "attacks", "part", "model", "attack", "images", "attacks", "lambda", "iterations", "mean_l2",
      "mean_rmsd", "accuracy_before", "target_before", "ignore_target_rate", "target_rate",
      "mean_cell_ignore", "mean_cell_target", "strangeness", "ordinary", "cost"),
    .table("findings", "model", "finding", "one", "other", "holds"),
  ]
  /// There is nothing to compute.
  package static let isParallel = false
  /// The model that a ladder is about stands in the conditions.
  package static let readsConditions = true

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Gives the tables `attacks` and `findings`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let tables = try (context.inputs["attacks"] ?? []).map { try $0.table("totals") }
    guard let first = tables.first, tables.allSatisfy({ $0.columns == first.columns }) else {
      throw StageFailure(.data, "tables of attacks must have the same columns")
    }
    let all = Table(
      caption: first.caption, columns: first.columns, rows: tables.flatMap(\.rows))
    var ladders: [String: Table] = [:]
    for input in context.inputs["ladders"] ?? [] {
      guard let model = input.output.conditions["\(input.name)/model"] else {
        throw StageFailure(.data, "‘\(input.stage)’ does not say what model it attacked")
      }
      ladders[model] = try input.table("ladder")
    }
    return context.inheriting([
      "attacks": .table(all), "findings": .table(AttackFindings(all, ladders: ladders).table),
    ])
  }
}
