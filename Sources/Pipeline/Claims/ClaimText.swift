/// A result in words, the same on the terminal, in Markdown and in the report.
extension ClaimResult {
  /// Digits for ours: one more than the paper prints; none for cases that were counted once.
  private var decimals: Int {
    if claim.unit.countedCases != nil && ours?.values.count == 1 { return 0 }
    return min(claim.value.decimals + 1, 6)
  }

  /// The published value as printed, with its unit.
  var publishedText: String {
    (claim.kind == .lowerBound ? "≥ " : "") + claim.value.text + claim.unit.suffix
  }

  /// Our value, with the spread over seeds where there are several.
  var oursText: String {
    guard let ours else { return "—" }
    let mean = ours.mean.fixedText(decimals)
    let spread = ours.deviation.map { " ± \($0.fixedText(decimals))" } ?? ""
    return mean + spread + claim.unit.suffix
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
    return (claim.kind == .lowerBound ? "− " : "± ") + value.shortestText
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
