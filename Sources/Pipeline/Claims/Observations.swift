import Contract

/// Looks up, for each claim of the spec, what our tables say, or why they say nothing.
struct Observations {
  /// The measured values by claim.
  private(set) var values: [String: Observation] = [:]
  /// Why there is no value, and what was tried, by claim.
  private(set) var remarks: [String: ClaimRemarks] = [:]

  private let spec: Spec
  private let artifacts: FreshArtifacts

  /// Reads the tables of fresh stages.
  ///
  /// A stage that is not fresh gives no observation, and a claim that finds no row in a fresh table
  /// is a mistake in the spec, which is told with its place.
  init(_ spec: Spec, _ artifacts: FreshArtifacts) throws {
    self.spec = spec
    self.artifacts = artifacts
    for claim in spec.claims {
      var absence: String?
      switch claim.source {
      case .notRun(let reason): absence = reason
      case .cell(let cell):
        absence = absenceOfStage(cell.stage.stage)
        if absence == nil { absence = try observe(cell, for: claim) }
      }
      remarks[claim.id] = ClaimRemarks(absence: absence, tried: spec.tried(for: claim.id))
    }
  }

  /// Why a stage has no answer, or not all of it; nil if it has.
  private func absenceOfStage(_ name: String) -> String? {
    guard let stage = spec.stage(named: name) else {
      return spec.leftOut(named: name)?.onlyText
    }
    let fresh = artifacts.entries(of: name).count
    if fresh == stage.replicates { return nil }
    let what =
      fresh == 0
      ? "‘\(name)’ has not been run"
      : "only \(fresh) of the \(stage.replicates) runs of ‘\(name)’ are there"
    return "\(what): pipeline run \(name)\(spec.profileOption)"
  }

  /// Reads a cell, or all cells of a matrix; gives the reason if this profile does not have it.
  private mutating func observe(_ cell: ClaimSpec.Cell, for claim: ClaimSpec) throws -> String? {
    let stage = cell.stage.stage
    guard let output = try artifacts.tables(cell.table, of: stage), let first = output.tables.first
    else {
      throw SpecError(
        claim.place, "‘\(stage)’ has no table ‘\(cell.table)’",
        hint: "pipeline export \(stage) --to DIR writes what it has")
    }
    let rows = try output.tables.map { try self.rows(of: $0, matching: cell, at: claim.place) }
    let isEmpty = rows.allSatisfy(\.isEmpty)
    if isEmpty, let absence = absenceOfRow(cell) { return absence }
    guard !isEmpty else {
      throw SpecError(
        claim.place, "no row of the table ‘\(cell.table)’ fits the claim’s ‘where’",
        hint: "look at the table’s CSV file in results/")
    }
    let column = try index(of: cell.column, in: first, of: cell, at: claim.place)
    let keys = try cell.keys.map { try index(of: $0, in: first, of: cell, at: claim.place) }
    let measures: [Observation.Measure] =
      if keys.isEmpty {
        rows.joined().compactMap { Observation.Measure($0[column]) }
      } else {
        rows.map {
          .matrix(
            $0.compactMap { .init($0, keys: keys, column: column, names: cell.publishedNames) })
        }
      }
    values[claim.id] = Observation(measures, conditions: output.conditions)
    return nil
  }

  /// A row about a stage that this profile does not have, or does not put into the table, is absent
  /// for that reason and no mistake.
  private func absenceOfRow(_ cell: ClaimSpec.Cell) -> String? {
    let read = spec.stage(named: cell.stage.stage)?.inputs.flatMap(\.stages) ?? []
    for condition in cell.conditions {
      guard case .string(let name) = condition.value else { continue }
      if let leftOut = spec.leftOut(named: name) { return "‘\(name)’ is \(leftOut.onlyText)" }
      if spec.stage(named: name) != nil && !read.contains(name) {
        return "‘\(name)’ is no input of ‘\(cell.stage.stage)’ in the profile \(spec.profile)"
      }
    }
    return nil
  }

  private func rows(
    of table: Table, matching cell: ClaimSpec.Cell, at place: Place
  ) throws(SpecError) -> [[Table.Cell]] {
    var rows = table.rows
    for condition in cell.conditions {
      let column = try index(of: condition.column, in: table, of: cell, at: place)
      rows = rows.filter { $0[column].matches(condition.value) }
    }
    return rows
  }

  private func index(
    of column: String, in table: Table, of cell: ClaimSpec.Cell, at place: Place
  ) throws(SpecError) -> Int {
    guard let index = table.index(of: column) else {
      throw SpecError(
        place, "the table ‘\(cell.table)’ of ‘\(cell.stage.stage)’ has no column ‘\(column)’",
        hint: "its columns are: \(table.columns.map(\.name).joined(separator: ", "))")
    }
    return index
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
