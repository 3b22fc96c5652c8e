/// What sort of quantity a claim is about, which decides how close ours has to be.
enum MetricKind: String, CaseIterable, Sendable {
  /// Mistakes without an attack.
  case cleanError = "clean_error"
  /// Mistakes, or an attacker's successes, under attack.
  case attackRate = "attack_rate"
  /// Mistakes on images made for another model or taken from another data set, or agreement between
  /// models on them.
  case transfer
  /// A whole table of rates: judged by the mean absolute deviation of its cells.
  case matrix
  /// A mean probability.
  case confidence
  /// The size of a perturbation.
  case distortion
  /// A mean log-likelihood.
  case logLikelihood = "log_likelihood"
  /// A whole table of mean log-likelihoods: judged by the mean absolute deviation of its cells.
  case likelihoodMatrix = "log_likelihood_matrix"
  /// What the paper says a quantity does not fall below: kept or not, however close.
  case lowerBound = "lower_bound"
  /// One picture or one example: shown beside ours, never judged.
  case demonstration

  /// Whether the rule is stated in percentage points, and so needs a unit that has them.
  var needsPoints: Bool {
    switch self {
    case .cleanError, .attackRate, .transfer, .matrix, .confidence: true
    case .distortion, .logLikelihood, .likelihoodMatrix, .lowerBound, .demonstration: false
    }
  }

  /// Whether the value is a whole table.
  var isMatrix: Bool { self == .matrix || self == .likelihoodMatrix }
}

/// How the published value became known.
enum SourceConfidence: String, CaseIterable, Sendable {
  /// Printed in one of the documents the project started from.
  case seed
  /// Read in the paper, or in a quotation of it.
  case paperText = "paper-text"
  /// Read in code that the authors released.
  case officialCode = "official-code"
  /// Recalled and found nowhere: shown, never judged.
  case memory
}

/// Which way is good for the model under attack.
enum Direction: String, CaseIterable, Sendable {
  /// Less is better, as for an error rate.
  case lowerBetter = "lower_better"
  /// More is better, as for an accuracy.
  case higherBetter = "higher_better"
  /// Neither.
  case neutral
}

/// The unit of a published value, as the paper prints it.
struct ClaimUnit: Hashable, Sendable {
  /// The word in the claims file, such as `percent`, or `count of 10000`.
  let word: String

  /// The whole of a share in this unit, such as 100 or 1; nil where a share makes no sense.
  var whole: Double? {
    switch word {
    case "percent": 100
    case "fraction": 1
    default: countedCases.map(Double.init)
    }
  }

  /// How many cases there are where the paper prints how many of them it counts; nil elsewhere.
  var countedCases: Int? {
    let prefix = "count of "
    guard word.hasPrefix(prefix), let cases = Int(word.dropFirst(prefix.count)), cases > 0 else {
      return nil
    }
    return cases
  }

  /// Digits after the point in a cell of a matrix of ours: of a percentage fewer.
  var cellDecimals: Int { word == "percent" ? 1 : 3 }

  /// What stands behind a number, with its space.
  var suffix: String {
    switch word {
    case "percent": " %"
    case "fraction", "": ""
    default: countedCases.map { " of \($0)" } ?? " \(word)"
    }
  }
}
