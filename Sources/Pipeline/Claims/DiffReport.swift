/// All results of a comparison, ready to be shown.
struct DiffReport: Sendable {
  /// The results, in the order of the claims.
  let results: [ClaimResult]

  /// A report on these results.
  init(_ results: [ClaimResult]) { self.results = results }

  /// 0 if every comparison is good, 2 if one is outside its tolerance, 3 if there is nothing to
  /// compare.
  var exitCode: Int32 {
    if results.contains(where: \.verdict.isOutside) { return 2 }
    return results.contains(where: \.verdict.isCompared) ? 0 : 3
  }

  /// How many results there are of each verdict that occurs, best first.
  var counts: [(verdict: Verdict, count: Int)] {
    Verdict.allCases.compactMap { verdict in
      let count = results.count { $0.verdict == verdict }
      return count > 0 ? (verdict, count) : nil
    }
  }

  /// The results for a program.
  func json() -> JSON {
    [
      "claims": .array(results.map(\.json)),
      "counts": .object(counts.map { ($0.verdict.rawValue, .int($0.count)) }),
      "exit_code": .int(Int(exitCode)),
    ]
  }

  /// The results as a Markdown table.
  func markdown() -> String {
    let rows = results.map { result in
      let remarks = result.remarks.map { "<br><sub>\(Markdown.html($0))</sub>" }.joined()
      return [
        result.verdict.symbol,
        "\(Markdown.escape(result.subject))<br><sub><code>\(result.claim.id)</code></sub>",
        "**\(unbroken(result.publishedText))**<br><sub>\(Markdown.html(result.claim.locator))</sub>",
        oursCell(result), unbroken(result.toleranceText),
        "**\(unbroken(result.verdict.rawValue))**\(remarks)",
      ]
    }
    return Markdown.table(
      ["", "Claim", "Published", "Ours, 95 % interval", "Tolerance", "Verdict"],
      [.centre, .left, .right, .right, .right, .left], rows)
  }

  private func oursCell(_ result: ClaimResult) -> String {
    guard let ours = result.ours else { return unbroken(result.oursText) }
    let details = [
      ours.interval.map { _ in result.intervalText },
      ours.cases.map { _ in "n = \(result.casesText)" },
    ].compactMap { $0.map { "<br><sub>\(unbroken($0))</sub>" } }
    return "**\(unbroken(result.oursText))**\(details.joined())"
  }

  /// Words that a narrow column must not break.
  private func unbroken(_ words: String) -> String {
    Markdown.escape(words).replacing(" ", with: "&nbsp;")
  }
}

extension ClaimResult {
  /// The result for a program; what is not known is null.
  var json: JSON {
    [
      "id": .string(claim.id), "paper": .string(claim.paper), "locator": .string(claim.locator),
      "metric": .string(claim.metric), "kind": .string(claim.kind.rawValue),
      "unit": .string(claim.unit.word),
      "published": ["printed": .string(claim.value.text), "value": .double(claim.value.value)],
      "ours": ours.map(\.json) ?? .null,
      "tolerance": [
        "value": .double(tolerance.value), "source": .string(tolerance.source.rawValue),
      ],
      "verdict": .string(verdict.rawValue), "reason": .string(reason),
      "second_hand": .bool(claim.isSecondHand),
    ]
  }
}

extension Summary {
  /// The measurement for a program.
  fileprivate var json: JSON {
    [
      "mean": .double(mean), "standard_deviation": deviation.map { .double($0) } ?? .null,
      "replicates": .array(values.map { .double($0) }),
      "cases": cases.map { .int($0) } ?? .null,
      "interval_95": interval.map { [.double($0.lowerBound), .double($0.upperBound)] } ?? .null,
    ]
  }
}
