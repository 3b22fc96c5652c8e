/// Claims one by one, each with every condition: ours beside the published one.
struct DiffExplanation: Sendable {
  /// The claims, in the order in which they are told.
  let results: [ClaimResult]

  /// An explanation of these results.
  init(_ results: [ClaimResult]) { self.results = results }

  /// For people.
  func text() -> String {
    results.map { $0.explanation }.joined(separator: "\n")
  }

  /// For a program: what `diff --json` says, and `conditions` in each claim.
  func json() -> JSON {
    let report = DiffReport(results)
    return [
      "claims": .array(results.map(\.explanationJSON)), "exit_code": .int(Int(report.exitCode)),
    ]
  }
}

extension ClaimResult {
  /// The verdict, both values with their places, and a table of the conditions.
  fileprivate var explanation: String {
    let interval = ours?.interval == nil ? "" : "  95 % interval \(intervalText)"
    let cases = ours == nil ? "" : "  n = \(casesText)"
    let width = toleranceText == "—" ? "" : ", \(tolerance.source.words(claim.kind))"
    var lines = [
      "\(claim.id): \(verdict.mark) \(verdict.rawValue)", "  \(subject)",
      "  published  \(publishedText)  \(claim.locator), in published/\(claim.paper).csv",
      "  ours       \(oursText)\(cases)\(interval)", "  tolerance  \(toleranceText)\(width)",
    ]
    lines += remarks.enumerated().map {
      ($0.offset == 0 ? "  remarks    " : "             ") + $0.element
    }
    return (lines + ConditionTable(conditions).lines).map { $0 + "\n" }.joined()
  }

  fileprivate var explanationJSON: JSON {
    guard case .object(let members) = json else { return json }
    return .object(members + [("conditions", .array(conditions.map(\.json)))])
  }
}

extension Tolerance.Source {
  /// Where a tolerance comes from, in words.
  fileprivate func words(_ kind: MetricKind) -> String {
    switch self {
    case .rule: "by the rule of \(kind.rawValue)"
    case .declared: "declared with the claim"
    case .rounding: "half a unit of the last printed digit"
    case .oneCase: "one case"
    }
  }
}

extension Condition {
  /// ✓ or ✗; a point for what is no condition.
  fileprivate var mark: String { sort == .neutral ? "·" : holds ? "✓" : "✗" }

  fileprivate var json: JSON {
    [
      "sort": .string(sort.rawValue), "stage": stage.map { .string($0) } ?? .null,
      "name": .string(name), "ours": ours.map { .string($0) } ?? .null,
      "published": published.map { .string($0) } ?? .null, "holds": .bool(holds),
      "source": source.map { .string($0.text) } ?? .null,
    ]
  }
}

/// Conditions in columns, stage by stage.
private struct ConditionTable {
  let lines: [String]

  init(_ conditions: [Condition]) {
    guard !conditions.isEmpty else {
      lines = ["  conditions none: no stage measures it"]
      return
    }
    let rows = conditions.map { condition in
      [
        condition.name, condition.ours ?? "unknown", condition.published ?? "unknown",
        condition.source?.text ?? "",
      ]
    }
    let heading = ["", "ours", "published", "which stands in"]
    let widths = heading.indices.map { column in
      ([heading] + rows).map { $0[column].terminalWidth }.max() ?? 0
    }
    func line(_ mark: String, _ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        cell + String(repeating: " ", count: width - cell.terminalWidth)
      }
      var line = "    \(mark) \(padded.joined(separator: "  "))"
      while line.last == " " { line.removeLast() }
      return line
    }
    var lines = [line(" ", heading)]
    var group: String?
    for (condition, row) in zip(conditions, rows) {
      let next = condition.group
      if next != group { lines.append("  \(next)") }
      group = next
      lines.append(line(condition.mark, row))
    }
    let counted = conditions.filter { $0.sort != .neutral }
    let broken = counted.count { !$0.holds }
    let neutral = conditions.count - counted.count
    lines.append(
      "  \(counted.count) \(counted.count == 1 ? "condition" : "conditions"): "
        + "\(counted.count - broken) ✓, \(broken) ✗"
        + (neutral == 0 ? "" : "; and \(neutral) · that no number depends on"))
    self.lines = lines
  }
}

extension Condition {
  /// The heading under which it stands: its stage, or what was found in the run of the claim's own.
  fileprivate var group: String {
    switch (sort, stage) {
    case (.fact, let stage?): "found by \(stage)"
    case (.fact, nil): "found"
    case (_, let stage?): stage
    case (_, nil): "conditions"
    }
  }
}
