/// A quantity over a rectangle of the plane, shown as colours, with the data points on top.
package struct PlaneMap: Hashable, Sendable {
  /// A data point and its class.
  package struct Mark: Hashable, Sendable {
    /// Where it lies.
    package let x: Double
    /// Where it lies.
    package let y: Double
    /// Its class, from 0.
    package let label: Int

    /// A point of a class.
    package init(x: Double, y: Double, label: Int) {
      (self.x, self.y, self.label) = (x, y, label)
    }
  }

  /// What it shows, for the report.
  package let caption: String
  /// The title inside the picture.
  package let title: String
  /// What the colours say, with its unit.
  package let valueLabel: String
  /// The values of the lightest and the darkest colour.
  package let valueRange: ClosedRange<Double>
  /// The sides of the rectangle, equally long in both directions.
  package let range: ClosedRange<Double>
  /// Values a side.
  package let side: Int
  /// Row by row from the lowest y on, each from the lowest x on; both ends of the range are met.
  package let values: [Double]
  /// The data.
  package let marks: [Mark]

  /// At least two values a side.
  package init(
    caption: String, title: String, valueLabel: String, valueRange: ClosedRange<Double>,
    range: ClosedRange<Double>, side: Int, values: [Double], marks: [Mark]
  ) {
    precondition(
      side >= 2 && values.count == side * side, "\(values.count) values do not fill \(side)×\(side)"
    )
    self.caption = caption
    self.title = title
    self.valueLabel = valueLabel
    self.valueRange = valueRange
    self.range = range
    self.side = side
    self.values = values
    self.marks = marks
  }

  /// The coordinate of a row or a column.
  package func coordinate(_ index: Int) -> Double {
    Self.coordinate(index, of: side, in: range)
  }

  /// The coordinate of a row or a column out of `side` that reach from end to end of a range.
  package static func coordinate(_ index: Int, of side: Int, in range: ClosedRange<Double>)
    -> Double
  {
    range.lowerBound
      + (range.upperBound - range.lowerBound) * Double(index) / Double(side - 1)
  }
}
