/// What a comparison with a published value came to.
enum Verdict: String, CaseIterable, Sendable {
  /// Ours is within the effective tolerance.
  case reproduced
  /// Ours is not, but the published value lies within our 95 % interval.
  case consistent
  /// The number is not reproduced, but the paper's point holds by the claim's check.
  case directionOnly = "direction only"
  /// Neither number nor point.
  case notReproduced = "not reproduced"
  /// Ours was made under other conditions than the paper's, so its value says nothing.
  case notComparable = "not comparable"
  /// Shown for the reader, and never judged.
  case notGated = "not gated"
  /// There is no value of ours.
  case notRun = "not run"

  /// Whether a comparison took place.
  var isCompared: Bool {
    switch self {
    case .reproduced, .consistent, .directionOnly, .notReproduced: true
    case .notComparable, .notGated, .notRun: false
    }
  }

  /// Whether a comparison took place and failed.
  var isOutside: Bool { self == .directionOnly || self == .notReproduced }

  /// The sign in a report on a Git host.
  var symbol: String {
    switch self {
    case .reproduced: "✅"
    case .consistent: "🟢"
    case .directionOnly: "🟡"
    case .notReproduced: "❌"
    case .notComparable: "➖"
    case .notGated: "👁️"
    case .notRun: "⚪"
    }
  }

  /// The sign on a terminal, one column wide in every font.
  var mark: String {
    switch self {
    case .reproduced: "✓"
    case .consistent: "≈"
    case .directionOnly: "↗"
    case .notReproduced: "✗"
    case .notComparable: "–"
    case .notGated: "·"
    case .notRun: "○"
    }
  }

  /// The rule in one sentence, for the report.
  var meaning: String {
    switch self {
    case .reproduced: "ours lies within the tolerance around the published value"
    case .consistent: "outside the tolerance, but the published value lies in our 95 % interval"
    case .directionOnly: "the number differs, the qualitative check stated beforehand holds"
    case .notReproduced: "neither the number nor the check holds"
    case .notComparable: "ours was made under other conditions than the paper's"
    case .notGated: "shown for the reader, never judged"
    case .notRun: "no value of ours"
    }
  }
}
