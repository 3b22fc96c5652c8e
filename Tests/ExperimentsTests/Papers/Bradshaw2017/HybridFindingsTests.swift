import Testing

@testable import Bradshaw2017
@testable import Contract

@Suite struct HybridFindingsTests {
  private static let columns: [String: [String]] = [
    "shift": ["model", "replicate", "set", "log_likelihood"],
    "sweep": ["model", "replicate", "epsilon", "error_rate", "log_likelihood"],
    "comparison": ["model", "replicate", "failure_rate"],
    "transfer": ["source", "source_replicate", "target", "target_replicate", "error_rate"],
  ]

  private static func input(_ name: String, _ rows: [[Table.Cell]]) -> StageInput {
    let table = Table(
      caption: "", columns: (columns[name] ?? []).map { Table.Column($0, $0) }, rows: rows)
    return StageInput(
      stage: "stage-\(name)", output: StageOutput(artifacts: [name: .table(table)]))
  }

  /// Three runs of two models; the hybrid's log-likelihood is higher by 1, 2 and 3, its error lower by
  /// 9, 10 and 11 points, and twice as many attacks fail.
  private static func inputs(runs: Int = 3) -> [String: [StageInput]] {
    var (shift, sweep, comparison, transfer) =
      ([[Table.Cell]](), [[Table.Cell]](), [[Table.Cell]](), [[Table.Cell]]())
    for run in 1...runs {
      for (model, isHybrid) in [("nn", false), ("gp", true)] {
        let likelihood = isHybrid ? -2.0 + Double(run) : -2.0
        shift.append([.text(model), .integer(run), .text("semeion"), .number(likelihood)])
        for epsilon in [0.1, 0.2] {
          let errors = isHybrid ? 41 - run : 50
          sweep.append([
            .text(model), .integer(run), .number(epsilon),
            epsilon == 0.1 ? .proportion(hits: errors, total: 100) : .missing, .number(-1),
          ])
        }
        comparison.append([
          .text(model), .integer(run), .proportion(hits: isHybrid ? 40 : 20, total: 100),
        ])
        for target in ["nn", "gp"] {
          let rate = model == target ? 100 : target == "gp" ? 1 + run % 2 : 3
          transfer.append([
            .text(model), .integer(1), .text(target), .integer(run),
            .proportion(hits: rate, total: 100),
          ])
        }
      }
    }
    return [
      "shift": [input("shift", shift)], "fgsm": [input("sweep", sweep)],
      "attacks": [input("comparison", comparison)], "transfer": [input("transfer", transfer)],
    ]
  }

  private static let options: [String: Setting] = [
    "plain": .string("nn"), "hybrid": .string("gp"), "epsilon": .double(0.1),
  ]

  private func findings(
    _ inputs: [String: [StageInput]] = inputs(), _ replaced: [String: Setting] = [:]
  ) throws -> Table {
    try ToyDigits.run(
      HybridFindings.self, Self.options.merging(replaced) { $1 }, inputs: inputs
    ).table("findings")
  }

  @Test func statementsHaveMeansDifferencesAndVerdicts() throws {
    let table = try findings()
    #expect(
      table.column("statement") == [
        .text("the log-likelihood on semeion is higher"),
        .text("the error under FGSM at ε = 0.1 is lower"),
        .text("the log-likelihood under FGSM at ε = 0.1 is higher"),
        .text("more attacks by optimisation fail"),
        .text("images made against the other model are misread less"),
      ])
    #expect(Array(table.column("plain")[..<4]) == [-2, 50, -1, 20].map { Table.Cell.number($0) })
    #expect(Array(table.column("hybrid")[..<4]) == [0, 39, -1, 40].map { Table.Cell.number($0) })
    #expect(
      Array(table.column("difference")[..<4]) == [2, -11, 0, 20].map { Table.Cell.number($0) })
    #expect(table.column("plain")[4] == .number(3))
    #expect(table.column("seeds") == Array(repeating: .integer(3), count: 5))
    // 2 ± 4.30 / √3 includes 0; −11 ± 2.48 does not; 20 ± 0 does not.
    #expect(
      table.column("verdict") == [
        .text("open: the interval includes 0"), .text("holds"),
        .text("open: the interval includes 0"), .text("holds"),
        .text("open: the interval includes 0"),
      ])
  }

  @Test func theOppositeIsSaid() throws {
    let table = try findings(
      Self.inputs(), ["plain": .string("gp"), "hybrid": .string("nn")])
    #expect(table.column("verdict")[1] == .text("the opposite holds"))
    #expect(table.column("verdict")[3] == .text("the opposite holds"))
  }

  @Test func oneRunHasNoInterval() throws {
    let table = try findings(Self.inputs(runs: 1))
    #expect(table.column("low") == Array(repeating: .missing, count: 5))
    #expect(
      table.column("verdict") == [
        .text("one run: yes"), .text("one run: yes"), .text("one run: no difference"),
        .text("one run: yes"), .text("one run: yes"),
      ])
  }

  @Test func whatIsMissingIsNotMeasuredAndNeverAPass() throws {
    var inputs = Self.inputs()
    inputs["attacks"] = [Self.input("comparison", [])]
    let table = try findings(inputs)
    #expect(table.column("verdict")[3] == .text("not measured"))
    #expect(table.column("difference")[3] == .missing && table.column("seeds")[3] == .integer(0))
  }

  @Test(arguments: [
    (["epsilon": Setting.double(0.3)], "no sweep holds ε = 0.3; they hold: 0.1, 0.2"),
    (["hybrid": Setting.string("gpdnn")], "no table holds the model ‘gpdnn’; they hold: gp, nn"),
  ])
  func namesThatNobodyHasAreRefused(replaced: [String: Setting], words: String) {
    let failure = #expect(throws: StageFailure.self) { try findings(Self.inputs(), replaced) }
    #expect(failure?.blame == .data && failure?.description == words)
  }

  @Test func aTableWithoutAColumnIsRefused() {
    var inputs = Self.inputs()
    let table = Table(caption: "", columns: [Table.Column("model", "model")])
    inputs["shift"] = [
      StageInput(stage: "odd", output: StageOutput(artifacts: ["shift": .table(table)]))
    ]
    let failure = #expect(throws: StageFailure.self) { try findings(inputs) }
    #expect(failure?.description.contains("of ‘odd’ has no column ‘replicate’") == true)
  }
}
