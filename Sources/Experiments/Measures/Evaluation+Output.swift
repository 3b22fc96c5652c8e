/// How an evaluation appears in tables and plots.
extension Evaluation {
  /// The error as a share of the images.
  var errorCell: Table.Cell { .proportion(hits: errors, total: count) }

  /// The confidence on mistakes, missing where there are none.
  var confidenceCell: Table.Cell { .measured(confidenceOnMistakes) }

  /// The error in percent, 0…100.
  var errorPercent: Double { Double(errors) / Double(count) * 100 }

  /// The error in percent above an abscissa, with its Wilson interval.
  func errorPoint(at x: Double) -> Plot.Point { Plot.Point(x: x, hits: errors, of: count) }
}
