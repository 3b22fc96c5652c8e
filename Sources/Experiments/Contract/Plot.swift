/// Curves over two axes, with the published values as marks beside ours.
package struct Plot: Hashable, Sendable {
  /// One point; `low` and `high` draw an interval where they are given.
  package struct Point: Hashable, Sendable {
    /// The abscissa, in the unit of the x axis.
    package let x: Double
    /// The ordinate, in the unit of the y axis.
    package let y: Double
    /// The lower end of the interval around `y`.
    package let low: Double?
    /// The upper end of the interval around `y`.
    package let high: Double?

    /// A point, with or without an interval.
    package init(x: Double, y: Double, low: Double? = nil, high: Double? = nil) {
      self.x = x
      self.y = y
      self.low = low
      self.high = high
    }
  }

  /// How a series is drawn.
  package enum Style: String, Hashable, Sendable {
    /// Points joined by lines, with an interval band where it is known.
    case line
    /// Points alone.
    case marks
  }

  /// One curve.
  package struct Series: Hashable, Sendable {
    /// The name in the key.
    package let name: String
    /// How it is drawn.
    package let style: Style
    /// Its points, in drawing order.
    package let points: [Point]

    /// A named curve.
    package init(_ name: String, style: Style = .line, points: [Point]) {
      self.name = name
      self.style = style
      self.points = points
    }
  }

  /// What the plot shows, for the report.
  package let caption: String
  /// The title inside the picture.
  package let title: String
  /// The name and unit of the horizontal axis.
  package let xLabel: String
  /// The name and unit of the vertical axis.
  package let yLabel: String
  /// The span of the vertical axis; nil lets gnuplot choose.
  package let yRange: ClosedRange<Double>?
  /// The curves, first in the key first.
  package let series: [Series]

  /// A plot of at least one series.
  package init(
    caption: String, title: String, xLabel: String, yLabel: String,
    yRange: ClosedRange<Double>? = nil, series: [Series]
  ) {
    self.caption = caption
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.yRange = yRange
    self.series = series
  }
}
