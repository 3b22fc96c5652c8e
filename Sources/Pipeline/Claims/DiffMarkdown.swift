/// The comparison in Markdown, as Git hosts render it.
extension DiffReport {
  /// Which columns a table has.
  enum Detail {
    /// Everything, by sections of the paper.
    case full
    /// What belongs beside a table or figure: published, ours, verdict.
    case brief
  }

  /// One table a paper, each under its name.
  func markdown() -> String {
    let stale = staleSentences.map { "\n\(Markdown.escape($0))\n" }.joined()
    return papers.map { paper in
      "### \(Markdown.escape(paper.id))\n\n\(paper.report.summary)\n\n\(paper.report.table(.full))"
    }.joined(separator: "\n") + stale
  }

  /// `**58 published numbers:** ✅ 12 reproduced · …`.
  var summary: String {
    let words = counts.map { "\($0.verdict.symbol) \($0.count) \($0.verdict.rawValue)" }
    let numbers = results.count == 1 ? "number" : "numbers"
    return "**\(results.count) published \(numbers):** \(words.joined(separator: " · "))"
  }

  /// The results as a table and, below it, its numbered notes: each reason stands once, however many
  /// numbers have it.
  func table(_ detail: Detail) -> String {
    var notes: [String] = []
    var rows: [[String]] = []
    for place in places {
      if detail == .full {
        rows.append(["**\(Markdown.escape(place.heading))**"] + Array(repeating: "", count: 4))
      }
      for result in place.results {
        rows.append(row(result, detail, under: place.heading, &notes))
      }
    }
    let table =
      switch detail {
      case .full:
        Markdown.table(
          ["Claim", "Published", "Ours, 95 % interval", "Tolerance", "Verdict"],
          [.left, .right, .right, .right, .left], rows)
      case .brief:
        Markdown.table(
          ["In the paper", "Published", "Ours", "Verdict"], [.left, .right, .right, .left], rows)
      }
    let list = notes.enumerated().map { "\($0.offset + 1). \($0.element)\n" }
    return table + (list.isEmpty ? "" : "\n\(list.joined())")
  }

  private func row(
    _ result: ClaimResult, _ detail: Detail, under heading: String, _ notes: inout [String]
  ) -> [String] {
    let marks = result.remarks.map { remark in
      let note = Markdown.escape(remark)
      if !notes.contains(note) { notes.append(note) }
      return String((notes.firstIndex(of: note) ?? 0) + 1)
    }
    let note = marks.isEmpty ? "" : "&nbsp;<sup>\(marks.joined(separator: ",&nbsp;"))</sup>"
    let verdict =
      "\(result.verdict.symbol)&nbsp;\(unbroken(result.verdict.rawValue))\(note)"
      + (result.stale == nil ? "" : "&nbsp;\(StaleAnswer.sign)")
    let published = "**\(unbroken(result.publishedText))**"
    let subject = Markdown.escape(result.subject)
    let locator = result.claim.locator
    switch detail {
    case .full:
      let place = locator == heading ? "" : locator.dropFirst(result.claim.section.count + 2)
      let below = place.isEmpty ? "" : "<br><sub>\(Markdown.html(String(place)))</sub>"
      return [
        "\(subject)<br><sub><code>\(result.claim.id)</code></sub>", published + below,
        oursCell(result, detail), unbroken(result.toleranceText), verdict,
      ]
    case .brief:
      return [
        "\(subject) <sub>\(Markdown.html(locator))</sub>", published, oursCell(result, detail),
        verdict,
      ]
    }
  }

  private func oursCell(_ result: ClaimResult, _ detail: Detail) -> String {
    guard let ours = result.ours else { return unbroken(result.oursText) }
    let details = [
      ours.interval.map { _ in result.intervalText },
      detail == .full ? ours.cases.map { _ in "n = \(result.casesText)" } : nil,
    ].compactMap { $0.map { "<br><sub>\(unbroken($0))</sub>" } }
    return "**\(unbroken(result.oursText))**\(details.joined())"
  }

  /// Words that a narrow column must not break.
  func unbroken(_ words: String) -> String {
    Markdown.escape(words).replacing(" ", with: "&nbsp;")
  }

  /// How many numbers of each paper came to which verdict; the papers by their names.
  func overview(names: [String: String]) -> String {
    let verdicts = counts.map(\.verdict)
    func line(_ name: String, _ report: DiffReport) -> [String] {
      [name, "\(report.results.count)"]
        + verdicts.map { verdict in
          let count = report.results.count { $0.verdict == verdict }
          return count == 0 ? "" : "\(count)"
        }
    }
    var rows = papers.map { paper in
      line(
        Markdown.link(Markdown.escape(names[paper.id] ?? paper.id), to: "#\(paper.id)"),
        paper.report)
    }
    if papers.count > 1 { rows.append(line("", self).map { $0.isEmpty ? "" : "**\($0)**" }) }
    return Markdown.table(
      ["Paper", "Numbers"] + verdicts.map { "\($0.symbol) \($0.rawValue)" },
      [.left] + Array(repeating: .right, count: verdicts.count + 1), rows)
  }

  /// Every number that is not reproduced, with what was tried; empty if there is none.
  var failures: String {
    results.filter(\.verdict.isOutside).map { result in
      let ours = result.ours?.interval == nil ? "" : " \(result.intervalText)"
      let remarks = result.remarks.map { "  \(Markdown.escape($0))" }
      let line =
        "- \(result.verdict.symbol) **\(Markdown.escape(result.subject))** "
        + "(`\(result.claim.id)`, \(Markdown.escape(result.claim.locator))): published "
        + "\(Markdown.escape(result.publishedText)), ours "
        + "\(Markdown.escape(result.oursText + ours)), tolerance \(result.toleranceText)"
      return ([line] + remarks).joined(separator: "<br>\n") + "\n"
    }.joined()
  }
}
