/// A result in words, the same on the terminal, in Markdown and in the report.
extension ClaimResult {
  /// Digits for ours: one more than the paper prints; none for cases that were counted once.
  private var decimals: Int {
    if claim.unit.countedCases != nil && ours?.values.count == 1 { return 0 }
    guard case .number(let number) = claim.value else { return max(2, claim.unit.cellDecimals) }
    return min(number.decimals + 1, 6)
  }

  /// The published value as printed, with its unit; of a matrix, how large it is.
  var publishedText: String {
    switch claim.value {
    case .number(let number):
      (claim.kind == .lowerBound ? "≥ " : "") + number.text + claim.unit.suffix
    case .matrix(let matrix): "\(matrix.cells.count) cells"
    }
  }

  /// Our value, with the spread over seeds where there are several; of a matrix, how far its cells
  /// are from the paper's, and ρ, their rank correlation.
  var oursText: String {
    guard let ours else { return "—" }
    let mean = ours.mean.fixedText(decimals)
    let spread = ours.deviation.map { " ± \($0.fixedText(decimals))" } ?? ""
    guard claim.kind.isMatrix else { return mean + spread + claim.unit.suffix }
    let correlation = ours.rankCorrelation?.fixedText(2) ?? "—"
    let unit = claim.unit.word == "percent" ? " points" : claim.unit.suffix
    return "\(mean)\(spread)\(unit) off, ρ \(correlation)"
  }

  /// How many test cases ours rests on, and how many seeds if several.
  var casesText: String {
    guard let ours else { return "—" }
    let cases = ours.cases?.description ?? "—"
    return ours.values.count > 1 ? "\(cases) × \(ours.values.count) seeds" : cases
  }

  /// Wilson's 95 % interval, if ours is a share.
  var intervalText: String {
    guard let interval = ours?.interval else { return "—" }
    let (low, high) = (interval.lowerBound, interval.upperBound)
    return "[\(low.fixedText(decimals)), \(high.fixedText(decimals))]"
  }

  /// The effective tolerance; nothing for what is never judged.
  var toleranceText: String {
    guard claim.ungatedBecause == nil else { return "—" }
    // Enough digits to be exact for every rule, and none more: 0.188, 3.
    let value = (tolerance.value * 1e6).rounded() / 1e6
    let sign =
      switch claim.kind {
      case .lowerBound: "− "
      case .matrix, .likelihoodMatrix: "≤ "
      default: "± "
      }
    return sign + value.shortestText
  }

  /// What was measured, in a sentence for people.
  var subject: String {
    let attack = claim.attack == "none" ? "" : ", \(claim.attack)"
    let setting = claim.setting.isEmpty ? "" : " (\(claim.setting))"
    let words = claim.metric.replacing("_", with: " ")
    let metric = words.prefix(1).uppercased() + words.dropFirst()
    return "\(metric) of \(claim.model)\(attack)\(setting) on \(claim.dataset)"
  }

  /// Reason, warnings and what was tried, one after another; empty if there are none.
  var remarks: [String] {
    (reason.isEmpty ? [] : [reason])
      + (claim.isSecondHand ? ["the published value is second-hand"] : [])
      + (tried.map { ["tried: \($0)"] } ?? [])
  }
}
