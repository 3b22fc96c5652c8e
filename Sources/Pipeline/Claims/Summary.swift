import Measures

/// Why an observation cannot be put together.
struct NoSummary: Error, Hashable {
  /// In a few words.
  let reason: String
}

/// Replicates put together.
///
/// Of a matrix, the values are the mean absolute deviations of its cells from the paper's.
struct Summary: Hashable, Sendable {
  /// Each replicate's value, in the claim's unit.
  let values: [Double]
  /// Their mean, which is what is judged.
  let mean: Double
  /// The sample standard deviation (n − 1) over seeds; nil for a single one.
  let deviation: Double?
  /// The number of test cases, of all cells together; the smallest, should the replicates differ.
  let cases: Int?
  /// Wilson's 95 % interval of the mean share, in the claim's unit; nil if ours is not a share.
  let interval: ClosedRange<Double>?
  /// Spearman's rank correlation with the paper's matrix, the mean over seeds; nil for a single
  /// number, and where all cells are equal.
  let rankCorrelation: Double?
  /// The cells of a matrix, each the mean over seeds, in the order of the paper's; empty for a number.
  private(set) var cells: [Double] = []

  /// Puts an observation together as its claim needs it.
  init(_ observation: Observation, of claim: PublishedClaim) throws(NoSummary) {
    switch claim.value {
    case .number:
      guard let summary = Summary(observation, unit: claim.unit) else {
        throw NoSummary(reason: "a replicate has no value")
      }
      self = summary
    case .matrix(let matrix):
      try self.init(observation, of: matrix, unit: claim.unit)
    }
  }

  /// Puts an observation into a claim's unit; nil if any replicate has no finite value, for a mean
  /// over the rest would be a selection.
  init?(_ observation: Observation, unit: ClaimUnit) {
    let values = observation.replicates.compactMap { $0.value(in: unit) }
    guard !values.isEmpty, values.count == observation.replicates.count else { return nil }
    let cases = observation.replicates.compactMap(\.cases)
    let areShares = observation.replicates.allSatisfy {
      if case .proportion = $0 { true } else { false }
    }
    self.init(
      values, cases: cases.min(), whole: areShares ? unit.whole : nil, rankCorrelation: nil)
  }

  /// Puts matrices together, each compared by itself, as the paper's is of a single run, too.
  init(
    _ observation: Observation, of matrix: PublishedMatrix, unit: ClaimUnit
  ) throws(NoSummary) {
    var comparisons: [MatrixComparison] = []
    for replicate in observation.replicates {
      comparisons.append(try MatrixComparison(of: replicate, with: matrix, unit: unit))
    }
    guard !comparisons.isEmpty else { throw NoSummary(reason: "there is no replicate") }
    let correlations = comparisons.compactMap(\.rankCorrelation)
    let cases = comparisons.compactMap(\.cases)
    let count = comparisons.count
    self.init(
      comparisons.map(\.deviation), cases: cases.count == count ? cases.min() : nil, whole: nil,
      rankCorrelation: correlations.count == count
        ? correlations.reduce(0, +) / Double(count) : nil)
    cells = matrix.cells.indices.map { cell in
      comparisons.reduce(0.0) { $0 + $1.cells[cell] } / Double(count)
    }
  }

  /// `whole` is that of shares, which have an interval; nil for other values.
  private init(_ values: [Double], cases: Int?, whole: Double?, rankCorrelation: Double?) {
    let mean = values.reduce(0, +) / Double(values.count)
    self.values = values
    self.mean = mean
    self.deviation = Self.sampleDeviation(values, mean: mean)
    self.cases = cases
    self.interval =
      if let whole, let cases {
        Self.scale(Wilson.interval(share: min(1, mean / whole), cases: cases), by: whole)
      } else { nil }
    self.rankCorrelation = rankCorrelation
  }

  private static func sampleDeviation(_ values: [Double], mean: Double) -> Double? {
    guard values.count > 1 else { return nil }
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1)).squareRoot()
  }

  private static func scale(
    _ range: ClosedRange<Double>, by factor: Double
  ) -> ClosedRange<Double> { range.lowerBound * factor...range.upperBound * factor }
}
