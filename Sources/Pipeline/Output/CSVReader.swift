/// A mistake in a CSV file, with its place.
struct CSVError: Error, Hashable, CustomStringConvertible {
  /// The file as the user knows it.
  let file: String
  /// The line, counted from 1.
  let line: Int
  /// The character in the line, counted from 1.
  let column: Int
  /// What was found and what was expected.
  let message: String

  var description: String { "\(file):\(line):\(column): \(message)" }
}

/// A CSV file as it stands: a header and records, every field with its place for later errors.
struct CSVFile: Sendable {
  /// One field.
  struct Field: Hashable, Sendable {
    /// The words without quotes.
    let text: String
    /// The line in which it begins, counted from 1.
    let line: Int
    /// The character at which it begins, counted from 1.
    let column: Int
  }

  /// The file as the user knows it.
  let name: String
  /// The names of the columns, each of them once.
  let header: [Field]
  /// The records, each with one field a column.
  let records: [[Field]]

  /// Reads by RFC 4180, strictly: no stray quotes, no ragged or empty lines, no bare carriage
  /// return, no invalid UTF-8, no column without a name or with the name of another.
  init(_ bytes: [UInt8], name: String) throws(CSVError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw CSVError(file: name, line: 1, column: 1, message: "the file is not valid UTF-8")
    }
    var reader = CSVReader(file: name, scalars: Array(text.unicodeScalars))
    let rows = try reader.rows()
    guard let header = rows.first else {
      throw CSVError(
        file: name, line: 1, column: 1, message: "the file is empty; it needs a header")
    }
    var names: Set<String> = []
    for field in header where field.text.isEmpty || !names.insert(field.text).inserted {
      let fault = field.text.isEmpty ? "a column has no name" : "two columns are ‘\(field.text)’"
      throw CSVError(file: name, line: field.line, column: field.column, message: fault)
    }
    for row in rows.dropFirst() where row.count != header.count {
      throw CSVError(
        file: name, line: row[0].line, column: 1,
        message: "\(row.count) fields where the header has \(header.count)")
    }
    self.name = name
    self.header = header
    self.records = Array(rows.dropFirst())
  }

  /// A mistake in a field.
  func error(_ field: Field, _ message: String) -> CSVError {
    CSVError(file: name, line: field.line, column: field.column, message: message)
  }
}

/// A cursor over the characters of a CSV file.
private struct CSVReader {
  let file: String
  let scalars: [UnicodeScalar]
  var position = 0
  var line = 1
  var column = 1

  init(file: String, scalars: [UnicodeScalar]) {
    self.file = file
    self.scalars = scalars
  }

  var next: UnicodeScalar? { position < scalars.count ? scalars[position] : nil }

  func error(_ message: String) -> CSVError {
    CSVError(file: file, line: line, column: column, message: message)
  }

  mutating func advance() {
    (line, column) = next == "\n" ? (line + 1, 1) : (line, column + 1)
    position += 1
  }

  mutating func rows() throws(CSVError) -> [[CSVFile.Field]] {
    if next == "\u{FEFF}" {
      throw error("the file begins with a byte order mark; save it as plain UTF-8")
    }
    var rows: [[CSVFile.Field]] = []
    while next != nil {
      if next == "\n" || next == "\r" { throw error("an empty line; expected a record") }
      rows.append(try record())
    }
    return rows
  }

  private mutating func record() throws(CSVError) -> [CSVFile.Field] {
    var fields: [CSVFile.Field] = []
    while true {
      fields.append(try field())
      if next == "," {
        advance()
      } else {
        try endOfLine()
        return fields
      }
    }
  }

  private mutating func endOfLine() throws(CSVError) {
    if next == "\r" {
      advance()
      guard next == "\n" else { throw error("a carriage return that no line feed follows") }
    }
    if next != nil { advance() }
  }

  private mutating func field() throws(CSVError) -> CSVFile.Field {
    let start = (line: line, column: column)
    let text = next == "\"" ? try quoted() : try plain()
    return CSVFile.Field(text: text, line: start.line, column: start.column)
  }

  private mutating func plain() throws(CSVError) -> String {
    var text = String.UnicodeScalarView()
    while let scalar = next, scalar != ",", scalar != "\n", scalar != "\r" {
      guard scalar != "\"" else {
        throw error("a quote inside a field that does not begin with one")
      }
      text.append(scalar)
      advance()
    }
    return String(text)
  }

  private mutating func quoted() throws(CSVError) -> String {
    let start = self
    var text = String.UnicodeScalarView()
    advance()
    while let scalar = next {
      advance()
      if scalar == "\"" {
        guard next == "\"" else { return try closed(String(text)) }
        advance()
      }
      text.append(scalar)
    }
    throw start.error("the quote that opens this field is never closed")
  }

  private func closed(_ text: String) throws(CSVError) -> String {
    guard next == nil || next == "," || next == "\n" || next == "\r" else {
      throw error("a character after the closing quote; expected ‘,’ or the end of the line")
    }
    return text
  }
}
