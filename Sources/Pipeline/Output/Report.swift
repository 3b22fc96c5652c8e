/// The report as Markdown, a pure function of the model.
///
/// The environment comes last and under a heading of its own, so that two reports can be compared
/// without it: everything above is the same wherever the same results were made.
enum Report {
  /// The heading after which a report may differ between machines.
  static let environmentHeading = "## Environment"

  /// The whole text.
  static func markdown(_ model: ReportModel) -> String {
    var parts = [opening(model), scope(model), claims(model)]
    parts += papers(model).map { paper($0, of: model) }
    parts += [deviations(model), data(model), stages(model), environment(model)]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private static func opening(_ model: ReportModel) -> String {
    let summary = model.claims.isEmpty ? "" : "\n\(DiffReport(model.claims).summary)\n"
    return """
      # \(Markdown.escape(model.title))

      Profile \(Markdown.code(model.profile)), made by \(Markdown.code(model.command)). Every number \
      and picture below comes out of a stage of that run, and every published value out of \
      `published/`; none was typed. Beneath each table and figure stand the command that makes it \
      again by itself and the first digits of the key that names its exact inputs, options and code.
      \(summary)
      """
  }

  private static func scope(_ model: ReportModel) -> String {
    "## Scope\n\n\(model.scope.trimmedNewlines)\n"
  }

  private static func claims(_ model: ReportModel) -> String {
    guard !model.claims.isEmpty else { return "" }
    let report = DiffReport(model.claims)
    let names = Dictionary(model.papers.map { ($0.id, $0.title) }, uniquingKeysWith: { $1 })
    let failures = report.failures
    let legend = report.counts.map {
      "- \($0.verdict.symbol) **\($0.verdict.rawValue)** (\($0.count)): \($0.verdict.meaning)"
    }
    let rules = Markdown.details(
      "How verdicts are decided",
      """
      The tolerances were fixed before any run, by one rule a kind of metric: \
      \(ToleranceRule.words). No tolerance is narrower than half a unit of the paper's last printed \
      digit, nor than one test case.

      Ours is the mean over seeds, where there are several, followed by ± the sample standard \
      deviation. The interval is Wilson's at 95 % for the mean share at the number of test images; \
      seeds share those images and are not pooled. The two answer different questions: how much \
      another seed would change the number, and how much another test set would.

      A claim lists the conditions its paper worked under. Where ours differ, the verdict is *not \
      comparable*, however close the numbers are. A missing value is never a pass.

      """)
    return """
      ## Claims

      \(report.overview(names: names))
      \(legend.joined(separator: "\n"))
      \(failures.isEmpty ? "" : "\n### Not reproduced\n\n\(failures)")
      \(rules)
      """
  }

  /// The papers of the spec, then those that are published but have no sections.
  private static func papers(_ model: ReportModel) -> [ReportModel.Paper] {
    let others = DiffReport(model.claims).papers.map(\.id)
      .filter { id in !model.papers.contains { $0.id == id } }
    return model.papers
      + others.map { ReportModel.Paper(id: $0, title: $0, link: nil, sections: []) }
  }

  private static func paper(_ paper: ReportModel.Paper, of model: ReportModel) -> String {
    let title = Markdown.escape(paper.title)
    let claims = DiffReport(model.claims.filter { $0.claim.paper == paper.id })
    var text = "<a id=\"\(paper.id)\"></a>\n\n"
    text += "## \(paper.link.map { Markdown.link(title, to: $0) } ?? title)\n"
    if !claims.results.isEmpty { text += "\n\(claims.summary)\n" }
    text += paper.sections.map(section).joined()
    if !claims.results.isEmpty {
      text += "\n### Every published number\n\n\(claims.table(.full))"
    }
    return text
  }

  private static func section(_ section: ReportModel.Section) -> String {
    var text = "\n### \(Markdown.escape(section.title))\n"
    if let absence = section.absence { return text + "\n*\(Markdown.escape(absence))*\n" }
    if !section.text.isEmpty { text += "\n\(section.text.trimmedNewlines)\n" }
    if !section.claims.isEmpty { text += claims(beside: section.claims) }
    if let gap = section.gap { text += "\n*\(Markdown.escape(gap))*\n" }
    var waiting: [ReportModel.FigureItem] = []
    for item in section.items {
      if case .figure(let figure) = item {
        waiting.append(figure)
        continue
      }
      text += ReportFigures.markdown(waiting)
      waiting = []
      switch item {
      case .figure: break
      case .table(let item): text += table(item)
      case .text(let words): text += "\n\(words.trimmedNewlines)\n"
      case .claims(let claims): text += self.claims(beside: claims)
      }
    }
    return text + ReportFigures.markdown(waiting)
  }

  private static func claims(beside results: [ClaimResult]) -> String {
    let report = DiffReport(results)
    return "\n\(report.table(.brief))\(report.matrices())"
  }

  /// Rows beyond which a table is folded away: nobody reads them in passing.
  private static let longTable = 40

  private static func table(_ item: ReportModel.TableItem) -> String {
    let (table, rows) = (item.table.markdown, item.table.rows.count)
    return """

      **\(Markdown.escape(item.table.caption))**

      \(rows > longTable ? Markdown.details("\(rows) rows", table) : table)
      <sub>\(Markdown.link("CSV", to: item.csv)) · \(Markdown.code(item.source.command)) · key \
      \(Markdown.code(item.source.shortKey))</sub>

      """
  }

  private static func deviations(_ model: ReportModel) -> String {
    let list = model.deviations.map {
      "- **\(Markdown.escape($0.what))** — \(Markdown.escape($0.why))\n"
    }
    let body = list.isEmpty ? "None is known.\n" : list.joined()
    return "## Deviations from the papers\n\n\(body)"
  }

  private static func data(_ model: ReportModel) -> String {
    let heading = "## Data\n\n"
    guard !model.data.isEmpty else {
      return heading + "All data were generated by the project itself; no file was read.\n"
    }
    let rows = model.data.map {
      [
        Markdown.escape($0.name), Markdown.code($0.file), $0.bytes.description,
        "\(Markdown.code($0.sha256))<br><sub>from \(Markdown.html($0.source))</sub>",
      ]
    }
    return heading
      + Markdown.table(
        ["Data set", "File", "Bytes", "SHA-256"], [.left, .left, .right, .left], rows)
  }

  private static func stages(_ model: ReportModel) -> String {
    guard !model.stages.isEmpty else { return "" }
    let rows = model.stages.map {
      [
        Markdown.code($0.name), Markdown.code($0.kind),
        Markdown.code(String($0.key.prefix(12)))
          + ($0.isStale ? "&nbsp;\(StaleAnswer.sign)" : ""),
      ]
    }
    let table = Markdown.table(["Stage", "Kind", "Key"], [.left, .left, .left], rows)
    return "## Stages\n\n"
      + Markdown.details("\(model.stages.count) stages and the keys of their answers", table)
  }

  private static func environment(_ model: ReportModel) -> String {
    let rows = model.environment.map { [Markdown.escape($0.name), Markdown.escape($0.value)] }
    return "\(environmentHeading)\n\nWhat this run happened on. Nothing above depends on it.\n\n"
      + Markdown.table(["", ""], [.left, .left], rows)
  }
}

/// The figures of a report.
private enum ReportFigures {
  /// Two beside each other at most: three would be too small to be read.
  static func markdown(_ figures: [ReportModel.FigureItem]) -> String {
    stride(from: 0, to: figures.count, by: 2).map { start in
      let row = figures[start..<min(start + 2, figures.count)]
      return "\n" + Markdown.figures(row.map { ($0.image, $0.caption, words($0)) })
    }.joined()
  }

  private static func words(_ figure: ReportModel.FigureItem) -> String {
    let links = figure.files.map { Markdown.link(Markdown.escape($0.words), to: $0.path) }
    let source = [
      Markdown.code(figure.source.command), "key \(Markdown.code(figure.source.shortKey))",
    ]
    return "\(Markdown.escape(figure.caption))<br>"
      + "<sub>\((links + source).joined(separator: " · "))</sub>"
  }
}

extension String {
  /// Without newlines at either end, so that paragraphs join evenly.
  fileprivate var trimmedNewlines: String {
    var text = self[...]
    while text.first?.isNewline == true { text.removeFirst() }
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
