import Contract

/// Rows as comma-separated values by RFC 4180, with one departure: lines end in LF, not CRLF.
///
/// The tables are committed, and a carriage return at every line end would show up in each
/// comparison of two versions; every reader of CSV takes LF too. Quotes stand only where they must.
enum CSVWriter {
  /// The text of a file whose first row is its header.
  static func text(_ rows: [[String]]) -> String {
    var text = ""
    for row in rows {
      // A lone empty field would otherwise be an empty line, which is no record at all.
      text += row == [""] ? "\"\"" : row.map(field).joined(separator: ",")
      text += "\n"
    }
    return text
  }

  private static func field(_ value: String) -> String {
    let mustQuote = value.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
    }
    guard mustQuote else { return value }
    var quoted = "\""
    for scalar in value.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}

extension Table {
  /// The whole table as a CSV file, numbers with every digit they have.
  ///
  /// A column of proportions named `error_rate` becomes three: `error_rate` in percent,
  /// `error_rate_hits` and `error_rate_total`. What is missing is an empty field.
  var csv: String {
    let shares = columns.indices.map { column in
      rows.contains { if case .proportion = $0[column] { true } else { false } }
    }
    let header = zip(columns, shares).flatMap { column, isShare in
      isShare ? ["", "_hits", "_total"].map { column.name + $0 } : [column.name]
    }
    let body = rows.map { row in
      zip(row, shares).flatMap { cell, isShare in
        isShare ? cell.shareFields : [cell.field]
      }
    }
    return CSVWriter.text([header] + body)
  }
}

extension Table.Cell {
  /// The cell as one CSV field.
  fileprivate var field: String {
    switch self {
    case .text(let words): words
    case .integer(let count): count.description
    case .number(let value): value.shortestText
    case .proportion(let hits, let total): percent(hits, of: total).shortestText
    case .missing: ""
    }
  }

  /// The cell in a column of proportions: percentage, hits, total.
  fileprivate var shareFields: [String] {
    guard case .proportion(let hits, let total) = self else { return [field, "", ""] }
    return [field, hits.description, total.description]
  }
}

/// `hits` of `total` in percent, rounded once; nothing of nothing is not a number.
func percent(_ hits: Int, of total: Int) -> Double { Double(100 * hits) / Double(total) }
