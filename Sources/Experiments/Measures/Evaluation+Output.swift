import Contract

/// How an evaluation appears in tables and plots.
extension Evaluation {
  /// The error as a share of the images.
  package var errorCell: Table.Cell { .proportion(hits: errors, total: count) }

  /// The confidence on mistakes, missing where there are none.
  package var confidenceCell: Table.Cell { .measured(confidenceOnMistakes) }

  /// The error in percent, 0…100.
  package var errorPercent: Double { Double(errors) / Double(count) * 100 }

  /// The error in percent above an abscissa, with its Wilson interval.
  package func errorPoint(at x: Double) -> Plot.Point { Plot.Point(x: x, hits: errors, of: count) }
}
