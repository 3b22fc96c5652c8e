/// Quantiles of Student's t distribution for two-sided 95 % intervals.
///
/// Mathematical constants: t with P(|T| ≤ t) = 0.95, to six digits after the point.
enum StudentT {
  /// From 1 degree of freedom on.
  private static let quantiles = [
    12.706205, 4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157,
    2.228139, 2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922,
    2.093024, 2.085963, 2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831,
    2.048407, 2.045230,
  ]

  /// The quantile; beyond the table that of its last entry, which makes an interval a little wider.
  static func quantile(degreesOfFreedom: Int) -> Double {
    precondition(degreesOfFreedom >= 1, "\(degreesOfFreedom) degrees of freedom give no interval")
    return quantiles[min(degreesOfFreedom, quantiles.count) - 1]
  }
}
