import Contract

/// What the spec says about a published claim: where our number stands, or why there is none.
struct ClaimSpec: Sendable {
  /// What one column must hold in the row that is meant.
  struct Condition: Sendable {
    let column: String
    let value: Setting
    /// Where the column is written.
    let place: Place
  }

  /// One cell of one table, or all cells of a matrix; several replicates give as many.
  struct Cell: Sendable {
    let stage: StageSpec.Reference
    /// The name of the stage's artifact.
    let table: String
    /// Where it is written.
    let tablePlace: Place
    /// Together they must hold in exactly one row, or in exactly one for each cell of a matrix.
    let conditions: [Condition]
    /// The columns that tell the cells of a matrix apart; none for a single number.
    let keys: [String]
    let column: String
    /// Where it is written.
    let columnPlace: Place
    /// What the paper's words for models are called here, such as `gpdnn: bradshaw-gpdnn`.
    let names: [String: String]
  }

  /// Where our number comes from.
  enum Source: Sendable {
    /// It stands in a table.
    case cell(Cell)
    /// There is none, for this reason.
    case notRun(reason: String)
  }

  /// The keys a claim may have.
  static let keys = KnownKeys(
    of: "a claim", ["stage", "table", "where", "keys", "names", "column", "not-run"])

  /// The claim's row in the published numbers.
  let id: String
  /// Where the id is written.
  let place: Place
  let source: Source

  /// The line and column of the id.
  var mark: Mark { place.mark }
  /// Where our number stands; nil if there is none.
  var cell: Cell? { if case .cell(let cell) = source { cell } else { nil } }

  /// Decodes an entry of `claims`.
  init(_ entry: Mapping.Entry) throws(SpecError) {
    let what = "the claim \(quoted(entry.key))"
    let node = entry.value
    guard case .mapping(let mapping) = node.value else {
      throw node.mismatch(
        what, wanted: "{stage: …, table: …, where: {…}, column: …}, or {not-run: reason}")
    }
    try Self.keys.check(mapping)
    id = entry.key
    place = entry.keyPlace
    guard let reason = mapping["not-run"] else {
      source = .cell(try Cell(node, mapping, of: what))
      return
    }
    if let other = mapping.entries.first(where: { $0.key != "not-run" }) {
      throw SpecError(
        other.keyPlace, "\(what) is not run, so it has no ‘\(other.key)’",
        hint: "remove ‘\(other.key)’, or ‘not-run’")
    }
    source = .notRun(reason: try reason.value.words("‘not-run’"))
  }
}

extension ClaimSpec.Cell {
  fileprivate init(_ node: Node, _ mapping: Mapping, of what: String) throws(SpecError) {
    let stage = try node.required("stage", in: what)
    self.stage = StageSpec.Reference(
      stage: try stage.text("the claim's stage"), place: stage.place)
    let table = try node.required("table", in: what)
    (self.table, tablePlace) = (try table.text("the claim's table"), table.place)
    let column = try node.required("column", in: what)
    (self.column, columnPlace) = (try column.text("the claim's column"), column.place)
    var conditions: [ClaimSpec.Condition] = []
    if let filter = mapping["where"]?.value {
      for entry in try filter.mapping("‘where’").entries {
        switch entry.value.value {
        case .sequence, .mapping:
          throw entry.value.mismatch(
            "the value of ‘\(visible(entry.key))’", wanted: "text or a number")
        default:
          conditions.append(
            ClaimSpec.Condition(
              column: entry.key, value: Setting(entry.value), place: entry.keyPlace))
        }
      }
    }
    self.conditions = conditions
    var keys: [String] = []
    for item in try mapping["keys"]?.value.items("‘keys’") ?? [] {
      keys.append(try item.text("an entry of ‘keys’"))
    }
    self.keys = keys
    self.names = try Self.names(mapping["names"]?.value)
  }

  private static func names(_ node: Node?) throws(SpecError) -> [String: String] {
    var names: [String: String] = [:]
    for entry in try node?.mapping("‘names’").entries ?? [] {
      let ours = try entry.value.text("the name for ‘\(visible(entry.key))’")
      if let other = names.first(where: { $0.value == ours }) {
        throw SpecError(
          entry.value.place,
          "\(quoted(ours)) is what ‘\(visible(other.key))’ is called already",
          hint: "give each of the paper's words a name of its own")
      }
      names[entry.key] = ours
    }
    return names
  }
}
