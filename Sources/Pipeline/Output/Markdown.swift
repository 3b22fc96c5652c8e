import Contract

/// Building blocks of Markdown as Git hosts render it.
enum Markdown {
  /// How a column is set.
  enum Alignment: String {
    case left = ":---"
    case right = "---:"
    case centre = ":---:"
  }

  /// Words that mean themselves, wherever they stand: in a paragraph or in a table's cell.
  static func escape(_ words: String) -> String {
    var text = ""
    for character in words {
      switch character {
      case "\\", "`", "*", "_", "[", "]", "|", "~", "#", "$": text += "\\\(character)"
      case "<": text += "&lt;"
      case ">": text += "&gt;"
      case "&": text += "&amp;"
      case _ where character.isNewline: text += " "
      default: text.append(character)
      }
    }
    return text
  }

  /// Words set as code, which need no escapes but may not hold a backtick or, in tables, a bar.
  static func code(_ words: String) -> String {
    let hasNewline = words.contains(where: \.isNewline)
    let line = hasNewline ? String(words.map { $0.isNewline ? " " : $0 }) : words
    guard line.utf8.contains(where: { $0 == Ascii.backtick || $0 == UInt8(ascii: "|") }) else {
      return "`\(line)`"
    }
    return "<code>\(html(line))</code>"
  }

  /// Words inside HTML, or in an attribute's double quotes; a bar would end a table's cell.
  static func html(_ words: String) -> String {
    words.map { character in
      switch character {
      case "<": "&lt;"
      case ">": "&gt;"
      case "&": "&amp;"
      case "\"": "&quot;"
      case "|": "&#124;"
      case _ where character.isNewline: " "
      default: String(character)
      }
    }.joined()
  }

  /// A table of ready-made cells.
  static func table(
    _ header: [String], _ alignments: [Alignment], _ rows: [[String]]
  ) -> String {
    precondition(
      header.count == alignments.count && rows.allSatisfy { $0.count == header.count },
      "a table of \(header.count) columns needs as many alignments and cells in every row")
    let lines = [header, alignments.map(\.rawValue)] + rows
    return lines.map { "| \($0.joined(separator: " | ")) |\n" }.joined()
  }

  /// A link whose address is a relative path.
  static func link(_ words: String, to path: String) -> String {
    "[\(words)](\(path.replacing(" ", with: "%20")))"
  }

  /// Text that is folded away until somebody wants it.
  static func details(_ summary: String, _ body: String) -> String {
    "<details>\n<summary>\(summary)</summary>\n\n\(body)\n</details>\n"
  }

  /// Pictures beside each other, each above its words, which are Markdown or HTML in one line.
  static func figures(_ figures: [(path: String, alternative: String, words: String)]) -> String {
    let width = 100 / max(1, figures.count)
    var text = "<table>\n<tr>\n"
    for figure in figures {
      text += """
        <td width="\(width)%" align="center" valign="top">
        <img src="\(html(figure.path))" alt="\(html(figure.alternative))"><br>

        \(figure.words)

        </td>

        """
    }
    return text + "</tr>\n</table>\n"
  }
}

extension Table {
  /// The table as Markdown: numbers to the column's decimals and to the right, units in the heading.
  var markdown: String {
    let header = columns.map { column in
      Markdown.escape(column.title) + (column.unit.map { " (\(Markdown.escape($0)))" } ?? "")
    }
    let alignments = columns.indices.map { column in
      let isNumeric = rows.contains {
        switch $0[column] {
        case .integer, .number, .proportion: true
        case .text, .missing: false
        }
      }
      return isNumeric ? Markdown.Alignment.right : .left
    }
    let cells = rows.map { row in zip(row, columns).map { $0.markdown(in: $1) } }
    return Markdown.table(header, alignments, cells)
  }
}

extension Table.Cell {
  /// The cell as a reader wants it; the CSV has every digit and both counts.
  func markdown(in column: Table.Column) -> String {
    switch self {
    case .text(let words): return Markdown.escape(words)
    case .integer(let count): return count.description
    case .number(let value):
      guard value.isFinite else { return "*missing*" }
      return column.decimals.map { value.fixedText($0) } ?? value.shortestText
    case .proportion(let hits, let total):
      guard total > 0 else { return "*missing*" }
      let share = percent(hits, of: total).fixedText(column.decimals ?? 2)
      let sign = column.unit == "%" ? "" : " %"
      return "\(share)\(sign) <sub>\(hits)&#8239;/&#8239;\(total)</sub>"
    case .missing: return "*missing*"
    }
  }
}
