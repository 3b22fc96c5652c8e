import Contract

/// A number for each ordered pair of two different classes.
package struct PairMatrix {
  /// The classes by name.
  package let classes: [Int]
  /// Source by source, target by target; nil on the diagonal and where nothing was measured.
  package let values: [Double?]

  /// Computes each cell.
  package init(_ classes: [Int], _ value: (_ source: Int, _ target: Int) -> Double?) {
    self.classes = classes
    values = classes.indices.flatMap { s in
      classes.indices.map { t in s == t ? nil : value(s, t) }
    }
  }

  package subscript(source: Int, target: Int) -> Double? { values[source * classes.count + target] }

  /// As a heat map, sources down and targets across.
  package func heatMap(_ title: String, caption: String, decimals: Int) -> Artifact {
    let names = classes.map(String.init)
    return .heatMap(
      HeatMap(
        caption: caption, title: title, xLabel: "target class", yLabel: "source class",
        columns: names, rows: names, values: values, decimals: decimals))
  }
}
