/// How close ours has to be to a published value, fixed before any run.
struct Tolerance: Hashable, Sendable {
  /// What made the tolerance as wide as it is.
  enum Source: String, Sendable {
    /// The rule of the metric's kind.
    case rule
    /// The claim's own tolerance.
    case declared
    /// The paper's rounding: half a unit of the last printed digit.
    case rounding
    /// One case more or less.
    case oneCase = "one case"
  }

  /// The largest accepted difference, in the claim's unit.
  let value: Double
  /// Where it comes from.
  let source: Source
}

/// One rule a metric kind.
enum ToleranceRule {
  /// The effective tolerance: the largest of the declared one, the paper's rounding, and one case.
  ///
  /// A narrower one could not be met by luck or by merit: it would lie below what the paper prints,
  /// or below what the test set can resolve. `cases` is the number of test cases, if ours is a share
  /// or a mean of shares over them.
  static func effective(for claim: PublishedClaim, cases: Int?) -> Tolerance {
    var tolerance =
      claim.tolerance.map { Tolerance(value: $0, source: .declared) }
      ?? Tolerance(value: byKind(claim), source: .rule)
    if claim.value.halfUnit > tolerance.value {
      tolerance = Tolerance(value: claim.value.halfUnit, source: .rounding)
    }
    if let whole = claim.unit.whole, let cases, whole / Double(cases) > tolerance.value {
      tolerance = Tolerance(value: whole / Double(cases), source: .oneCase)
    }
    return tolerance
  }

  /// The rule of the claim's kind, in the claim's unit.
  private static func byKind(_ claim: PublishedClaim) -> Double {
    let value = abs(claim.value.value)
    let whole = claim.unit.whole ?? 100
    let point = whole / 100
    switch claim.kind {
    case .cleanError:
      // The rule speaks of the error; an accuracy has the error of what is left to the whole.
      let error = claim.metric.contains("accuracy") ? whole - value : value
      return max(0.15 * point, 0.2 * error)
    case .attackRate: return 3 * point
    case .transfer: return 8 * point
    case .confidence: return 5 * point
    case .distortion: return 0.1 * value
    case .logLikelihood: return max(0.05, 0.2 * value)
    case .demonstration: return 0
    }
  }
}
