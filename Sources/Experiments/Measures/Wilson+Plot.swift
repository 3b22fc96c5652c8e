import Contract

extension Plot.Point {
  /// A share in percent above an abscissa, with its Wilson interval.
  package init(x: Double, hits: Int, of total: Int) {
    let share = Double(hits) / Double(total)
    let interval = Wilson.interval(share: share, cases: total)
    self.init(
      x: x, y: share * 100, low: interval.lowerBound * 100, high: interval.upperBound * 100)
  }
}
