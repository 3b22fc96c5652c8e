/// A matrix shown as coloured cells, with the value written into each.
public struct HeatMap: Hashable, Sendable {
  /// What it shows, for the report.
  public let caption: String
  /// The title inside the picture.
  public let title: String
  /// What the columns are.
  public let xLabel: String
  /// What the rows are.
  public let yLabel: String
  /// Names of the columns, left to right.
  public let columns: [String]
  /// Names of the rows, top to bottom.
  public let rows: [String]
  /// The cells row by row; nil stays empty.
  public let values: [Double?]
  /// Digits after the point in a cell.
  public let decimals: Int

  /// A matrix of at least one cell.
  public init(
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
