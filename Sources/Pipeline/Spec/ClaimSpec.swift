import Experiments

/// Where our number for a published claim stands: one cell of one table.
struct ClaimSpec: Sendable {
  /// What one column must hold in the row that is meant.
  struct Condition: Sendable {
    let column: String
    let value: Setting
  }

  /// The keys a claim may have.
  static let keys = KnownKeys(of: "a claim", ["stage", "table", "where", "column"])

  /// The claim's row in the published numbers.
  let id: String
  /// Where the id is written.
  let place: Place
  let stage: StageSpec.Reference
  /// The name of the stage's artifact.
  let table: String
  /// Together they must hold in exactly one row.
  let conditions: [Condition]
  let column: String

  /// The line and column of the id.
  var mark: Mark { place.mark }

  /// Decodes an entry of `claims`.
  init(_ entry: Mapping.Entry) throws(SpecError) {
    let what = "the claim \(quoted(entry.key))"
    let node = entry.value
    guard case .mapping(let mapping) = node.value else {
      throw node.mismatch(what, wanted: "{stage: …, table: …, where: {…}, column: …}")
    }
    try Self.keys.check(mapping)
    let stage = try node.required("stage", in: what)
    self.id = entry.key
    self.place = entry.keyPlace
    self.stage = StageSpec.Reference(
      stage: try stage.text("the claim's stage"), place: stage.place)
    self.table = try node.required("table", in: what).text("the claim's table")
    self.column = try node.required("column", in: what).text("the claim's column")
    var conditions: [Condition] = []
    if let filter = mapping["where"]?.value {
      for entry in try filter.mapping("‘where’").entries {
        switch entry.value.value {
        case .sequence, .mapping:
          throw entry.value.mismatch(
            "the value of ‘\(visible(entry.key))’", wanted: "text or a number")
        default:
          conditions.append(Condition(column: entry.key, value: Setting(entry.value)))
        }
      }
    }
    self.conditions = conditions
  }
}
