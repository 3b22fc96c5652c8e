/// The comparison on a terminal.
extension DiffReport {
  /// For each paper aligned columns and what needs saying, then the counts.
  ///
  /// The columns are as many as fit into `width` characters: all; then without the place in the
  /// paper; then the verdict's sign, the claim and both values. Without a width there is no limit,
  /// as for a file or a pipe.
  func text(color: Bool, width: Int? = nil) -> String {
    guard !results.isEmpty else { return "No claims.\n" }
    let painter = DiffPainter(isOn: color)
    let table = DiffColumns.choices.lazy.map { DiffColumns($0, results) }
      .first { columns in width.map { columns.width <= $0 } ?? true }
    let columns = table ?? DiffColumns(DiffColumns.narrowest, results)
    var text = ""
    for paper in papers {
      text += painter.bold(wrapped(paper.report.countsText, after: "\(paper.id): ", to: width))
      text += columns.text(of: paper.report.results, painter) + "\n"
      let remarks = paper.report.remarks(width: width)
      if !remarks.isEmpty { text += remarks + "\n" }
    }
    text += wrapped(countsText, after: "\(results.count) claims: ", to: width)
    return text + staleSentences.map { wrapped($0, after: "", to: width) }.joined()
  }

  private var countsText: String {
    counts.map { "\($0.verdict.mark) \($0.count) \($0.verdict.rawValue)" }.joined(separator: ", ")
  }

  /// Each different remark once, below the claims that it is about.
  private func remarks(width: Int?) -> String {
    var (order, claims): ([String], [String: [String]]) = ([], [:])
    for result in results where !result.remarks.isEmpty {
      let remark = ([result.verdict.mark] + result.remarks).joined(separator: "\n")
      if claims[remark] == nil { order.append(remark) }
      claims[remark, default: []].append(result.claim.shortID)
    }
    return order.map { key in
      let lines = key.components(separatedBy: "\n")
      let names = (claims[key] ?? []).joined(separator: ", ")
      return wrapped(names, after: "\(lines[0]) ", to: width)
        + lines.dropFirst().map { wrapped($0, after: "    ", to: width) }.joined()
    }.joined()
  }

  /// Words in lines of at most a width, and never of more than a person likes to read, the first
  /// after `start` and the others as far to the right.
  private func wrapped(_ words: String, after start: String, to width: Int?) -> String {
    let width = min(width ?? 100, 100)
    let indent = String(repeating: " ", count: min(start.terminalWidth, 4))
    var lines = [start]
    for word in words.split(separator: " ") {
      let isFirst = lines[lines.count - 1] == start
      let room = width - lines[lines.count - 1].terminalWidth
      if !isFirst && String(word).terminalWidth + 1 > room {
        lines.append(indent + word)
      } else {
        lines[lines.count - 1] += (isFirst ? "" : " ") + word
      }
    }
    return lines.map { $0 + "\n" }.joined()
  }
}

/// Columns as wide as the widest of all claims needs, so that the tables of all papers agree.
private struct DiffColumns {
  /// One column: its heading, its side, and what it says of a result.
  struct Column {
    let title: String
    let isRight: Bool
    let cell: @Sendable (ClaimResult) -> String
  }

  /// The sets of columns, most telling first.
  static var choices: [[Column]] {
    let claim = Column(title: "claim", isRight: false) { $0.claim.shortID }
    let place = Column(title: "where", isRight: false) { $0.claim.locator }
    let numbers = [
      Column(title: "published", isRight: true) { $0.publishedText },
      Column(title: "ours", isRight: true) { $0.oursText },
    ]
    let details = [
      Column(title: "n", isRight: true) { $0.casesText },
      Column(title: "95 % interval", isRight: true) { $0.intervalText },
      Column(title: "tolerance", isRight: true) { $0.toleranceText },
      Column(title: "verdict", isRight: false) {
        "\($0.verdict.mark) \($0.verdict.rawValue)\($0.staleSign)"
      },
    ]
    return [[claim, place] + numbers + details, [claim] + numbers + details, narrowest]
  }

  /// What there is always room for.
  static var narrowest: [Column] {
    [
      Column(title: " ", isRight: false) { "\($0.verdict.mark)\($0.staleSign)" },
      Column(title: "claim", isRight: false) { $0.claim.shortID },
      Column(title: "published", isRight: true) { $0.publishedText },
      Column(title: "ours", isRight: true) { $0.oursText },
    ]
  }

  private let columns: [Column]
  private let widths: [Int]

  init(_ columns: [Column], _ results: [ClaimResult]) {
    self.columns = columns
    widths = columns.map { column in
      ([column.title] + results.map(column.cell)).map(\.terminalWidth).max() ?? 0
    }
  }

  /// How wide a line can be.
  var width: Int { widths.reduce(0, +) + 2 * (widths.count - 1) }

  /// A heading and one line a result.
  func text(of results: [ClaimResult], _ painter: DiffPainter) -> String {
    let lines = results.map { result in
      painter.paint(line(columns.map { $0.cell(result) }), result.verdict)
    }
    return ([painter.bold(line(columns.map(\.title)))] + lines).map { $0 + "\n" }.joined()
  }

  private func line(_ cells: [String]) -> String {
    let padded = cells.indices.map { column in
      let space = String(repeating: " ", count: widths[column] - cells[column].terminalWidth)
      return columns[column].isRight ? space + cells[column] : cells[column] + space
    }
    return padded.joined(separator: "  ").trimmingEnd()
  }
}

/// Colours, or none.
private struct DiffPainter {
  let isOn: Bool

  func bold(_ text: String) -> String { isOn ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  func paint(_ text: String, _ verdict: Verdict) -> String {
    guard isOn else { return text }
    let code =
      switch verdict {
      case .reproduced, .consistent: "32"
      case .directionOnly: "33"
      case .notReproduced: "31"
      case .notComparable, .notGated, .notRun: "2"
      }
    return "\u{1B}[\(code)m\(text)\u{1B}[0m"
  }
}

extension String {
  /// How many columns a terminal gives the text: none for what combines, two for East Asian wide
  /// characters and emoji, one for the rest.
  var terminalWidth: Int {
    reduce(0) { width, character in
      guard let first = character.unicodeScalars.first else { return width }
      if first.properties.isEmojiPresentation { return width + 2 }
      let isWide =
        (0x1100...0x115F).contains(first.value) || (0x2E80...0xA4CF).contains(first.value)
        || (0xAC00...0xD7A3).contains(first.value) || (0xF900...0xFAFF).contains(first.value)
        || (0xFE30...0xFE6F).contains(first.value) || (0xFF00...0xFF60).contains(first.value)
      return width + (isWide ? 2 : 1)
    }
  }

  fileprivate func trimmingEnd() -> String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
