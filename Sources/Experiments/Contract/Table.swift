/// Typed rows under named columns.
package struct Table: Hashable, Sendable {
  /// One column: what it is called in the CSV file and what a reader is told about it.
  package struct Column: Hashable, Sendable {
    /// The CSV header, in `snake_case`.
    package let name: String
    /// The heading in the report.
    package let title: String
    /// The unit, such as `%`; nil where there is none.
    package let unit: String?
    /// Digits after the point in the report; the CSV always carries the whole number.
    package let decimals: Int?

    /// A column; `decimals` matters to numbers only.
    package init(_ name: String, _ title: String, unit: String? = nil, decimals: Int? = nil) {
      self.name = name
      self.title = title
      self.unit = unit
      self.decimals = decimals
    }
  }

  /// One value.
  package enum Cell: Hashable, Sendable {
    /// Words.
    case text(String)
    /// A count.
    case integer(Int)
    /// A measurement.
    case number(Double)
    /// A share of cases, `hits` of `total`: shown as a percentage, written to CSV as a percentage
    /// beside its two counts, and judged with its Wilson interval.
    case proportion(hits: Int, total: Int)
    /// Nothing is known: shown as missing, never as a pass.
    case missing

    /// A measurement, or missing where there is none.
    package static func measured(_ value: Double?) -> Cell { value.map { .number($0) } ?? .missing }
  }

  /// One sentence that stands above the table in the report.
  package let caption: String
  /// The columns, left to right.
  package let columns: [Column]
  /// The rows, each with one cell a column.
  package private(set) var rows: [[Cell]]

  /// A table without rows.
  package init(caption: String, columns: [Column], rows: [[Cell]] = []) {
    self.caption = caption
    self.columns = columns
    self.rows = []
    rows.forEach { append($0) }
  }

  /// Adds a row; it must have one cell a column.
  package mutating func append(_ row: [Cell]) {
    precondition(
      row.count == columns.count,
      "a row of \(row.count) cells does not fit a table of \(columns.count) columns")
    rows.append(row)
  }

  /// The position of a column, or nil if there is none of that name.
  package func index(of column: String) -> Int? { columns.firstIndex { $0.name == column } }
}
