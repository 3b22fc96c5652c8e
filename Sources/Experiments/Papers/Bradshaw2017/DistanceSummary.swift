import Measures

/// Distances, or differences of them, as tables show them.
struct DistanceSummary: Hashable, Sendable {
  private let values: [Double]

  /// A summary of any number of distances.
  init(_ values: [Double]) { self.values = values }

  /// How many there are.
  var count: Int { values.count }

  /// The mean, nil of nothing.
  var mean: Double? { Average.of(values) }

  /// The middle value, or the mean of the two in the middle; nil of nothing.
  var median: Double? {
    guard !values.isEmpty else { return nil }
    let ordered = values.sorted()
    return (ordered[(count - 1) / 2] + ordered[count / 2]) / 2
  }
}
