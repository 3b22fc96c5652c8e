import Experiments

/// What we measured for one claim.
struct Observation: Hashable, Sendable {
  /// One replicate's answer.
  enum Measure: Hashable, Sendable {
    /// A share of cases.
    case proportion(hits: Int, total: Int)
    /// A number in the claim's unit, and over how many cases it is a mean, if it is one.
    case number(Double, cases: Int? = nil)
    /// No answer.
    case missing

    /// What a table's cell says; nil if it holds words.
    init?(_ cell: Table.Cell) {
      switch cell {
      case .proportion(let hits, let total): self = .proportion(hits: hits, total: total)
      case .number(let value): self = .number(value)
      case .integer(let count): self = .number(Double(count))
      case .missing: self = .missing
      case .text: return nil
      }
    }
  }

  /// The replicates, which differ in their seed only.
  var replicates: [Measure]
  /// What they were made under.
  var conditions: [String: String]

  /// Replicates and their conditions.
  init(_ replicates: [Measure], conditions: [String: String]) {
    self.replicates = replicates
    self.conditions = conditions
  }
}

/// Replicates put together.
struct Summary: Hashable, Sendable {
  /// Each replicate's value, in the claim's unit.
  let values: [Double]
  /// Their mean, which is what is judged.
  let mean: Double
  /// The sample standard deviation (n − 1) over seeds; nil for a single one.
  let deviation: Double?
  /// The number of test cases; the smallest, should the replicates differ.
  let cases: Int?
  /// Wilson's 95 % interval of the mean share, in the claim's unit; nil if ours is not a share.
  let interval: ClosedRange<Double>?

  /// Puts an observation into a claim's unit; nil if any replicate has no finite value, for a mean
  /// over the rest would be a selection.
  init?(_ observation: Observation, unit: ClaimUnit) {
    var values: [Double] = []
    var cases: [Int] = []
    var isShare = true
    for replicate in observation.replicates {
      switch replicate {
      case .proportion(let hits, let total):
        guard let whole = unit.whole, total > 0, (0...total).contains(hits) else { return nil }
        values.append(Double(hits) * whole / Double(total))
        cases.append(total)
      case .number(let value, let count):
        guard value.isFinite else { return nil }
        values.append(value)
        if let count, count > 0 { cases.append(count) }
        isShare = false
      case .missing: return nil
      }
    }
    guard !values.isEmpty else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    self.values = values
    self.mean = mean
    self.deviation = Self.sampleDeviation(values, mean: mean)
    self.cases = cases.min()
    self.interval =
      if isShare, let whole = unit.whole, let n = cases.min() {
        Self.scale(Wilson.interval(share: min(1, mean / whole), cases: n), by: whole)
      } else { nil }
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
