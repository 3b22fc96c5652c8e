import Contract
import Measures

/// What the paper says of the hybrid network beside the plain one, with an interval over seeds.
///
/// Bradshaw, Matthews & Ghahramani 2017 compare single trainings. Here a statement is the mean
/// difference over replicates, paired by their number, and holds where Student's 95 % interval lies on
/// its side of 0.
package struct HybridFindings: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "hybrid-findings"
  /// One sentence for `help` and for the report.
  package static let summary =
    "What Bradshaw, Matthews & Ghahramani 2017 find in the hybrid network, over several seeds."
  /// Tables of domain shift, FGSM, the L2 attack and transfer.
  package static let inputs = [
    InputSlot("shift", artifacts: ["shift"], takesMany: true),
    InputSlot("fgsm", artifacts: ["sweep"], takesMany: true),
    InputSlot("attacks", artifacts: ["comparison"], takesMany: true),
    InputSlot("transfer", artifacts: ["transfer"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "findings", "statement", "unit", "plain", "hybrid", "difference", "low", "high", "seeds",
      "verdict")
  ]
  /// There is nothing to compute.
  package static let isParallel = false

  private let plain: String
  private let hybrid: String
  private let epsilon: Double

  /// Takes `plain` and `hybrid`, the names of the two models' stages, and the `epsilon` of FGSM.
  package init(options: inout OptionReader) throws(OptionError) {
    plain = try options.string("plain")
    hybrid = try options.string("hybrid")
    epsilon = try options.double("epsilon", in: 0...1)
  }

  /// Gives the table `findings`.
  package func run(_ context: StageContext) throws -> StageOutput {
    func rows(
      _ slot: String, _ table: String, _ columns: [String]
    ) throws(StageFailure) -> RunRows {
      try RunRows(context.inputs[slot] ?? [], table, columns: columns)
    }
    let shift = try rows("shift", "shift", ["model", "replicate", "set", "log_likelihood"])
    let fgsm = try rows(
      "fgsm", "sweep", ["model", "replicate", "epsilon", "error_rate", "log_likelihood"])
    let attacks = try rows(
      "attacks", "comparison", ["model", "replicate", "failure_rate"])
    let transfer = try rows(
      "transfer", "transfer",
      ["source", "source_replicate", "target", "target_replicate", "error_rate"])
    try requireEpsilon(fgsm)
    try requireModels(shift.rows + fgsm.rows + attacks.rows)
    let findings =
      shiftFindings(shift) + fgsmFindings(fgsm) + [
        attackFinding(attacks), transferFinding(transfer),
      ]
    return context.inheriting(["findings": .table(table(findings))])
  }

  private func shiftFindings(_ rows: RunRows) -> [HybridFinding] {
    rows.rows.compactMap { $0.text("set") }.uniqued().map { set in
      HybridFinding(
        "the log-likelihood on \(set) is higher", unit: "nats", .higher,
        compared { model in
          rows.values(byRun: "replicate", of: { $0.number("log_likelihood") }) {
            $0.text("model") == model && $0.text("set") == set
          }
        })
    }
  }

  private func fgsmFindings(_ rows: RunRows) -> [HybridFinding] {
    func difference(_ column: String) -> PairedDifference {
      compared { model in
        rows.values(byRun: "replicate", of: { $0.number(column) }) {
          $0.text("model") == model && $0.number("epsilon") == epsilon
        }
      }
    }
    return [
      HybridFinding(
        "the error under FGSM at ε = \(epsilon) is lower", unit: "%", .lower,
        difference("error_rate")),
      HybridFinding(
        "the log-likelihood under FGSM at ε = \(epsilon) is higher", unit: "nats", .higher,
        difference("log_likelihood")),
    ]
  }

  private func attackFinding(_ rows: RunRows) -> HybridFinding {
    HybridFinding(
      "more attacks by optimisation fail", unit: "%", .higher,
      compared { model in
        rows.values(byRun: "replicate", of: { $0.number("failure_rate") }) {
          $0.text("model") == model
        }
      })
  }

  /// Each model's error on the images made against the other.
  private func transferFinding(_ rows: RunRows) -> HybridFinding {
    HybridFinding(
      "images made against the other model are misread less", unit: "%", .lower,
      compared { model in
        rows.values(byRun: "target_replicate", of: { $0.number("error_rate") }) {
          $0.text("target") == model && $0.text("source") == (model == plain ? hybrid : plain)
        }
      })
  }

  private func compared(_ values: (String) -> [Int: Double]) -> PairedDifference {
    PairedDifference(values(plain), values(hybrid))
  }

  private func table(_ findings: [HybridFinding]) -> Table {
    Table(
      caption: "‘\(hybrid)’ beside ‘\(plain)’: the mean over the runs that both have, their"
        + " difference run by run, and Student's 95 % interval of its mean.",
      columns: HybridFinding.columns, rows: findings.map(\.cells))
  }

  private func requireEpsilon(_ rows: RunRows) throws(StageFailure) {
    let known = Set(rows.rows.compactMap { $0.number("epsilon") })
    guard known.contains(epsilon) else {
      let list = known.sorted().map { "\($0)" }.joined(separator: ", ")
      throw StageFailure(.data, "no sweep holds ε = \(epsilon); they hold: \(list)")
    }
  }

  private func requireModels(_ rows: [RunRows.Row]) throws(StageFailure) {
    let known = Set(rows.compactMap { $0.text("model") })
    for model in [plain, hybrid] where !known.contains(model) {
      let list = known.sorted().joined(separator: ", ")
      throw StageFailure(.data, "no table holds the model ‘\(model)’; they hold: \(list)")
    }
  }
}
