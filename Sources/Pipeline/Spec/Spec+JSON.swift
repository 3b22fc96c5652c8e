import Contract

extension Spec {
  /// What the spec comes to in its profile, every stage with all its options and every claim.
  ///
  /// Recipes, choices by profile, variants and patterns are resolved.
  var json: JSON {
    .object([
      ("profile", .string(profile)), ("seed", .string("\(seed)")),
      ("stages", .object(stages.map { ($0.name, $0.json) })),
      ("other-profiles", .object(leftOut.map { ($0.name, $0.json) })),
      ("claims", .object(claims.map { ($0.id, $0.json(tried: tried(for: $0.id))) })),
    ])
  }
}

extension StageSpec {
  /// The stage as it would be written out in full.
  var json: JSON {
    var fields: [(String, JSON)] = [("kind", .string(kind))]
    if let only { fields.append(("only", .array(only.map { .string($0.name) }))) }
    fields.append(("replicates", .int(replicates)))
    fields.append(
      (
        "inputs",
        .object(inputs.map { ($0.slot, .array($0.stages.map { .string($0) })) })
      ))
    fields.append(("options", Setting.map(options).json))
    return .object(fields)
  }
}

extension ClaimSpec {
  /// The claim as it would be written out in full.
  fileprivate func json(tried: String?) -> JSON {
    var fields: [(String, JSON)]
    switch source {
    case .notRun(let reason): fields = [("not-run", .string(reason))]
    case .cell(let cell):
      fields = [("stage", .string(cell.stage.stage)), ("table", .string(cell.table))]
      if !cell.conditions.isEmpty {
        fields.append(("where", .object(cell.conditions.map { ($0.column, $0.value.json) })))
      }
      if !cell.keys.isEmpty { fields.append(("keys", .array(cell.keys.map { .string($0) }))) }
      fields.append(("column", .string(cell.column)))
    }
    if let tried { fields.append(("tried", .string(tried))) }
    return .object(fields)
  }
}
