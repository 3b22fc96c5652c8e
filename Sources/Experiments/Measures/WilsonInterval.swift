/// The Wilson score interval of a proportion at 95 %: which shares are compatible with so many hits.
/// Wilson 1927; it behaves at 0 and at 100 %, where the usual ± does not.
public struct WilsonInterval: Hashable, Sendable {
  /// The lower end, 0…1.
  public let low: Double
  /// The upper end, 0…1.
  public let high: Double

  /// The interval for `hits` of `total` cases.
  public init(hits: Int, total: Int) {
    self.init(share: Double(hits) / Double(max(1, total)), total: total)
  }

  /// The interval for a share, 0…1, seen over `total` cases.
  public init(share: Double, total: Int) {
    precondition(total > 0, "a share of \(total) cases has no interval")
    let z = 1.959_963_984_540_054
    let n = Double(total)
    let center = (share + z * z / (2 * n)) / (1 + z * z / n)
    let half =
      z / (1 + z * z / n) * (share * (1 - share) / n + z * z / (4 * n * n)).squareRoot()
    low = max(0, center - half)
    high = min(1, center + half)
  }
}
