import Contract

/// Every claim that has a number points at a stage of the spec, be it of this profile or another, and
/// at a table and columns that stages of its kind give.
enum ClaimsRefer: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    let byName = kinds.byName
    for cell in spec.claims.compactMap(\.cell) {
      guard let stage = spec.anyStage(named: cell.stage.stage) else {
        throw spec.unknownStage(cell.stage.stage, at: cell.stage.place)
      }
      guard let kind = byName[stage.kind] else { continue }
      try check(cell, given: kind.outputs(of: stage), by: kind.name)
    }
  }

  private static func check(
    _ cell: ClaimSpec.Cell, given outputs: [OutputSlot], by kind: String
  ) throws(SpecError) {
    let tables = outputs.filter { $0.form == .table }
    guard let table = tables.first(where: { $0.isNamed(cell.table) }) else {
      throw SpecError(
        cell.tablePlace,
        "‘\(cell.stage.stage)’ (\(kind)) gives no table \(quoted(cell.table))",
        hint: suggestion(
          for: cell.table, among: tables.map(\.name),
          otherwise: tables.isEmpty ? "it gives none at all" : "its tables are"))
    }
    let named =
      cell.conditions.map { ($0.column, $0.place) } + cell.keys.map { ($0, cell.tablePlace) }
      + [(cell.column, cell.columnPlace)]
    for (column, place) in named where !table.columns.contains(column) {
      throw SpecError(
        place, "the table ‘\(cell.table)’ of ‘\(cell.stage.stage)’ has no column \(quoted(column))",
        hint: suggestion(
          for: column, among: table.columns, otherwise: "its columns are"))
    }
  }
}
