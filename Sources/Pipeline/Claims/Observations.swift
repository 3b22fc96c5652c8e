import Experiments

/// Looks up, for each claim of the spec, what our tables say.
struct Observations {
  /// The measured values by claim.
  private(set) var values: [String: Observation] = [:]

  /// Reads the tables of fresh stages.
  ///
  /// A stage that is not fresh gives no observation, and a claim that finds no row in a fresh table
  /// is a mistake in the spec, which is told with its place.
  init(_ spec: Spec, _ artifacts: FreshArtifacts) throws {
    for claim in spec.claims {
      guard let output = try artifacts.table(claim.table, of: claim.stage.stage) else { continue }
      let rows = try Self.rows(of: output.table, matching: claim)
      guard let column = output.table.index(of: claim.column) else {
        throw SpecError(
          claim.place,
          "the table ‘\(claim.table)’ of ‘\(claim.stage.stage)’ has no column ‘\(claim.column)’",
          hint: "its columns are: \(output.table.columns.map(\.name).joined(separator: ", "))")
      }
      let measures = rows.compactMap { Observation.Measure($0[column]) }
      values[claim.id] = Observation(measures, conditions: output.conditions)
    }
  }

  private static func rows(
    of table: Table, matching claim: ClaimSpec
  ) throws(SpecError) -> [[Table.Cell]] {
    var rows = table.rows
    for condition in claim.conditions {
      guard let column = table.index(of: condition.column) else {
        throw SpecError(
          claim.place, "the table ‘\(claim.table)’ has no column ‘\(condition.column)’",
          hint: "its columns are: \(table.columns.map(\.name).joined(separator: ", "))")
      }
      rows = rows.filter { $0[column].matches(condition.value) }
    }
    guard !rows.isEmpty else {
      throw SpecError(
        claim.place, "no row of the table ‘\(claim.table)’ fits the claim’s ‘where’",
        hint: "look at the table’s CSV file in results/")
    }
    return rows
  }
}

extension Table.Cell {
  /// Whether the cell holds what a person wrote in `where`.
  func matches(_ wanted: Setting) -> Bool {
    switch (self, wanted) {
    case (.text(let text), .string(let word)): text == word
    case (.integer(let value), .int(let number)): value == number
    case (.number(let value), .int(let number)): value == Double(number)
    case (.number(let value), .double(let number)): value == number
    default: false
    }
  }
}
