/// The comparison on a terminal.
extension DiffReport {
  /// Aligned columns, then what needs saying, then the counts.
  ///
  /// Where the columns do not fit into `width` characters, each claim is a block of short lines
  /// instead; without a width there is no limit, as for a file or a pipe.
  func text(color: Bool, width: Int? = nil) -> String {
    guard !results.isEmpty else { return "No claims.\n" }
    let columns = table(color: color)
    let isWide = width.map { limit in columns.widest <= limit } ?? true
    var text = isWide ? columns.text : blocks(color: color)
    let remarks = isWide ? results.filter { !$0.remarks.isEmpty } : []
    if !remarks.isEmpty { text += "\n" }
    for result in remarks {
      text += "\(result.verdict.mark) \(result.claim.id)\n"
      for remark in result.remarks { text += "    \(remark)\n" }
    }
    let counts = counts.map { "\($0.count) \($0.verdict.rawValue)" }
    return text + "\n\(results.count) claims: \(counts.joined(separator: ", "))\n"
  }

  private func table(color: Bool) -> (text: String, widest: Int) {
    let header = [
      "claim", "published", "where", "ours", "n", "95 % interval", "tolerance", "verdict",
    ]
    let rows = results.map { result in
      [
        result.claim.id, result.publishedText, result.claim.locator, result.oursText,
        result.casesText, result.intervalText, result.toleranceText,
        "\(result.verdict.mark) \(result.verdict.rawValue)",
      ]
    }
    let toTheRight = [false, true, false, true, true, true, true, false]
    let widths = header.indices.map { column in
      ([header] + rows).map { $0[column].terminalWidth }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - cells[column].terminalWidth)
        return toTheRight[column] ? space + cells[column] : cells[column] + space
      }
      return padded.joined(separator: "  ").trimmingEnd()
    }
    let widest = widths.reduce(0, +) + 2 * (widths.count - 1)
    let painter = Painter(isOn: color)
    var text = painter.bold(line(header)) + "\n"
    for (row, result) in zip(rows, results) {
      text += painter.paint(line(row), result.verdict) + "\n"
    }
    return (text, widest)
  }

  private func blocks(color: Bool) -> String {
    let painter = Painter(isOn: color)
    return results.map { result in
      var lines = [
        painter.paint("\(result.verdict.mark) \(result.verdict.rawValue)", result.verdict)
          + ": \(result.claim.id)",
        "    published \(result.publishedText) (\(result.claim.locator))",
        "    ours      \(result.oursText), n \(result.casesText)",
      ]
      if result.ours?.interval != nil { lines.append("    95 %      \(result.intervalText)") }
      lines.append("    tolerance \(result.toleranceText)")
      lines += result.remarks.map { "    \($0)" }
      return lines.map { $0 + "\n" }.joined()
    }.joined()
  }
}

/// Colours, or none.
private struct Painter {
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
