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
  private static let cleanPoints = 0.15
  private static let cleanPercent = 20.0
  private static let attackPoints = 3.0
  private static let transferPoints = 8.0
  private static let matrixPoints = 8.0
  private static let confidencePoints = 5.0
  private static let distortionPercent = 10.0
  private static let likelihoodNats = 0.05
  private static let likelihoodPercent = 20.0

  /// The rules in words, for the report.
  static let words = """
    a clean error rate may differ by \(cleanPoints.shortestText) points or \
    \(cleanPercent.shortestText) % of the published value, whichever is more; an error or success \
    rate under attack by \(attackPoints.shortestText) points; a transfer or agreement rate by \
    \(transferPoints.shortestText); a matrix of rates by \(matrixPoints.shortestText) in the mean \
    absolute deviation of its cells, beside which stands ρ, Spearman's rank correlation of the cells \
    with the paper's; a mean confidence by \(confidencePoints.shortestText); a \
    distortion by \(distortionPercent.shortestText) % of the published value; a log-likelihood by \
    \(likelihoodNats.shortestText) nat or \(likelihoodPercent.shortestText) %, whichever is more, and a \
    matrix of them by the mean of that over its cells; a lower bound has to \
    be kept, by whatever margin
    """

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

  /// The rule of one log-likelihood of this size, in nats.
  private static func likelihood(_ size: Double) -> Double {
    max(likelihoodNats, likelihoodPercent * size / 100)
  }

  /// The rule of the claim's kind, in the claim's unit.
  private static func byKind(_ claim: PublishedClaim) -> Double {
    let value = abs(claim.value.target)
    let whole = claim.unit.whole ?? 100
    let point = whole / 100
    switch claim.kind {
    case .cleanError:
      // The rule speaks of the error; an accuracy has the error of what is left to the whole.
      let isError = !claim.metric.contains("accuracy") && !claim.metric.hasPrefix("correct")
      let error = isError ? value : whole - value
      return max(cleanPoints * point, cleanPercent * error / 100)
    case .attackRate: return attackPoints * point
    case .transfer: return transferPoints * point
    case .matrix: return matrixPoints * point
    case .confidence: return confidencePoints * point
    case .distortion: return distortionPercent * value / 100
    case .logLikelihood: return likelihood(value)
    case .likelihoodMatrix:
      let cells = claim.value.matrix?.cells ?? []
      return cells.reduce(0.0) { $0 + likelihood(abs($1.value.value)) }
        / Double(max(cells.count, 1))
    case .lowerBound, .demonstration: return 0
    }
  }
}
