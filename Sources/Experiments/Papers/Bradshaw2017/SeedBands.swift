import Contract

/// Curves of several replicates as one: the mean over the runs, with their lowest and highest.
struct SeedBands {
  /// A point of one run's curve.
  struct Sample: Hashable {
    let x: Double
    let y: Double
  }

  private var names: [String] = []
  private var curves: [String: [[Sample?]]] = [:]

  /// Adds a run of a curve; nil is a place at which this run has no value.
  ///
  /// Runs of one name have their places in common.
  mutating func add(_ name: String, _ curve: [Sample?]) {
    if curves[name] == nil { names.append(name) }
    precondition(
      curves[name].map { $0[0].count == curve.count } ?? true,
      "the runs of ‘\(name)’ differ in their number of places")
    curves[name, default: []].append(curve)
  }

  /// A series a name, in the order in which they came; one run alone has no interval.
  var series: [Plot.Series] {
    names.map { name in
      let runs = curves[name] ?? []
      let points = (0..<(runs.first?.count ?? 0)).compactMap { place in
        Self.point(runs.map { $0[place] })
      }
      return Plot.Series(name, points: points)
    }
  }

  private static func point(_ samples: [Sample?]) -> Plot.Point? {
    let known = samples.compactMap { $0 }
    guard let low = known.map(\.y).min(), let high = known.map(\.y).max() else { return nil }
    let count = Double(known.count)
    let isOne = known.count == 1
    return Plot.Point(
      x: known.reduce(0.0) { $0 + $1.x } / count, y: known.reduce(0.0) { $0 + $1.y } / count,
      low: isOne ? nil : low, high: isOne ? nil : high)
  }
}
