import Contract

/// Rows of tables of one name from several stages, read by their columns.
struct RunRows {
  /// One row.
  struct Row {
    fileprivate let cells: [Table.Cell]
    fileprivate let table: Table

    /// The words in a column; nil where it holds none.
    func text(_ column: String) -> String? {
      if case .text(let text)? = cell(column) { text } else { nil }
    }

    /// The number in a column, shares in percent; nil where it holds none.
    func number(_ column: String) -> Double? {
      switch cell(column) {
      case .number(let value)?: value
      case .integer(let value)?: Double(value)
      case .proportion(let hits, let total)? where total > 0: Double(100 * hits) / Double(total)
      default: nil
      }
    }

    private func cell(_ column: String) -> Table.Cell? {
      table.index(of: column).map { cells[$0] }
    }
  }

  /// The rows of all tables, in their order.
  let rows: [Row]

  /// Reads the tables called `name` of what fills a slot; each must have these columns.
  init(_ inputs: [StageInput], _ name: String, columns: [String]) throws(StageFailure) {
    var rows: [Row] = []
    for input in inputs {
      let table = try input.table(name)
      if let missing = columns.first(where: { table.index(of: $0) == nil }) {
        let found = table.columns.map(\.name).joined(separator: ", ")
        throw StageFailure(
          .data,
          "the table ‘\(name)’ of ‘\(input.stage)’ has no column ‘\(missing)’; it has: \(found)")
      }
      rows += table.rows.map { Row(cells: $0, table: table) }
    }
    self.rows = rows
  }

  /// A value for each run: the mean over its rows that are chosen and have one.
  func values(
    byRun run: String, of value: (Row) -> Double?, where isChosen: (Row) -> Bool
  ) -> [Int: Double] {
    var values: [Int: [Double]] = [:]
    for row in rows where isChosen(row) {
      guard let number = row.number(run), let value = value(row) else { continue }
      values[Int(number), default: []].append(value)
    }
    return values.mapValues { $0.reduce(0, +) / Double($0.count) }
  }
}
