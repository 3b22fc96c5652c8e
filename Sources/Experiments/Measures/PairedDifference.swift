/// How two quantities differ over runs that belong together in pairs.
///
/// A run is a replicate: both quantities of a pair share its seed's number. What has no partner is
/// left out.
package struct PairedDifference: Hashable, Sendable {
  /// How many pairs there are.
  package let pairs: Int
  /// The mean of the first quantity over the pairs; nil without any.
  package let first: Double?
  /// The mean of the second.
  package let second: Double?
  /// The second minus the first, the mean over the pairs.
  package let mean: Double?
  /// Student's 95 % interval of that mean; nil for fewer than two pairs.
  package let interval: ClosedRange<Double>?

  /// Compares two quantities, by the number of the run.
  package init(_ first: [Int: Double], _ second: [Int: Double]) {
    let runs = first.keys.filter { second[$0] != nil }.sorted()
    let (ones, others) = (runs.compactMap { first[$0] }, runs.compactMap { second[$0] })
    pairs = runs.count
    self.first = Average.of(ones)
    self.second = Average.of(others)
    let differences = zip(ones, others).map { $1 - $0 }
    mean = Average.of(differences)
    guard runs.count > 1, let mean else {
      interval = nil
      return
    }
    let squares = differences.reduce(0.0) { $0 + ($1 - mean) * ($1 - mean) }
    let deviation = (squares / Double(runs.count - 1)).squareRoot()
    let radius =
      StudentT.quantile(degreesOfFreedom: runs.count - 1) * deviation
      / Double(runs.count).squareRoot()
    interval = mean - radius...mean + radius
  }
}
