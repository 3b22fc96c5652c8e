import Measures

/// One measured matrix beside the published one: only the cells that the paper prints count, and
/// every one of them must be there.
struct MatrixComparison: Hashable, Sendable {
  /// The mean absolute deviation of the cells, in the claim's unit.
  let deviation: Double
  /// Spearman's rank correlation of the cells; nil where those of one matrix are all equal.
  let rankCorrelation: Double?
  /// Ours in each cell that the paper prints, in the order of its file, in the claim's unit.
  let cells: [Double]
  /// The number of test cases in all cells; nil if a cell does not tell.
  let cases: Int?

  /// Compares, cell by cell; without exactly one value for each cell there is no comparison.
  init(
    of ours: Observation.Measure, with published: PublishedMatrix, unit: ClaimUnit
  ) throws(NoSummary) {
    guard case .matrix(let cells) = ours else {
      throw NoSummary(reason: "ours is no matrix")
    }
    let found = Dictionary(grouping: cells, by: \.key)
    let missing = published.cells.filter { found[$0.key] == nil }
    if let first = missing.first {
      throw NoSummary(
        reason: "our table lacks \(missing.count) of the paper's \(published.cells.count) cells, "
          + "the first of them \(published.name(of: first.key))")
    }
    let measures = published.cells.map { (key: $0.key, ours: found[$0.key] ?? []) }
    if let twice = measures.first(where: { $0.ours.count > 1 }) {
      throw NoSummary(
        reason: "the cell \(published.name(of: twice.key)) stands \(twice.ours.count) times in our "
          + "table")
    }
    var values: [Double] = []
    for (key, cells) in measures {
      guard let value = cells.first?.measure.value(in: unit) else {
        throw NoSummary(reason: "the cell \(published.name(of: key)) has no value")
      }
      values.append(value)
    }
    self.cells = values
    let theirs = published.cells.map(\.value.value)
    let differences = zip(values, theirs).map { abs($0 - $1) }
    deviation = differences.reduce(0, +) / Double(differences.count)
    rankCorrelation = Correlation.spearman(values, theirs)
    let counts = measures.compactMap(\.ours.first?.measure.cases)
    cases = counts.count == values.count ? counts.reduce(0, +) : nil
  }
}
