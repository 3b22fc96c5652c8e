/// A matrix shown as coloured cells, with the value written into each.
package struct HeatMap: Hashable, Sendable {
  /// What it shows, for the report.
  package let caption: String
  /// The title inside the picture.
  package let title: String
  /// What the columns are.
  package let xLabel: String
  /// What the rows are.
  package let yLabel: String
  /// Names of the columns, left to right.
  package let columns: [String]
  /// Names of the rows, top to bottom.
  package let rows: [String]
  /// The cells row by row; nil stays empty.
  package let values: [Double?]
  /// Digits after the point in a cell.
  package let decimals: Int

  /// A matrix of at least one cell.
  package init(
    caption: String, title: String, xLabel: String, yLabel: String, columns: [String],
    rows: [String], values: [Double?], decimals: Int
  ) {
    precondition(
      !values.isEmpty && values.count == columns.count * rows.count,
      "\(values.count) cells do not fill \(rows.count) rows of \(columns.count)")
    self.caption = caption
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.columns = columns
    self.rows = rows
    self.values = values
    self.decimals = decimals
  }
}
