/// Wilson's score interval for a proportion, which stays sensible at 0 and at 1.
package enum Wilson {
  /// The quantile of the normal distribution for 95 %.
  package static let z = 1.959964

  /// The 95 % interval, in 0…1, around a share `p` seen in `n` cases.
  ///
  /// `p` need not be a whole number of cases: the mean over replicates that share their test images
  /// is judged at the number of those images. Pooling the replicates would count every image once
  /// a replicate and make the interval too narrow.
  package static func interval(share p: Double, cases n: Int) -> ClosedRange<Double> {
    precondition((0...1).contains(p), "\(p) is not a share")
    precondition(n > 0, "\(n) cases say nothing")
    let n = Double(n)
    let square = z * z / n
    let centre = (p + square / 2) / (1 + square)
    let radius = z / (1 + square) * (p * (1 - p) / n + square / (4 * n)).squareRoot()
    // At 0 and 1 the ends are exact; rounding must not push them out.
    let low = p == 0 ? 0 : max(0, centre - radius)
    let high = p == 1 ? 1 : min(1, centre + radius)
    return low...high
  }
}
