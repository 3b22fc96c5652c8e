import Contract

/// A published claim and what became of it.
struct ClaimResult: Sendable {
  /// What the paper says.
  let claim: PublishedClaim
  /// What we measured; nil if nothing, or not all of it.
  let ours: Summary?
  /// How close ours has to be.
  let tolerance: Tolerance
  /// What the comparison came to.
  let verdict: Verdict
  /// Why, in a few words; empty where the numbers speak.
  let reason: String
  /// What was tried to reproduce a number that is not; nil for every other verdict.
  var tried: String?
  /// The answer behind ours, if it is not today's: the verdict is then that of another day.
  var stale: StaleAnswer?
  /// What both were made under; empty for a claim without a place in our tables.
  var conditions: [Condition] = []
}

/// What the spec says about a claim beside the place of our value.
struct ClaimRemarks: Hashable, Sendable {
  /// Why there is no value; nil where there is one.
  var absence: String?
  /// What was tried, should the number not be reproduced.
  var tried: String?
}

/// A value was measured for a claim that no paper makes.
struct UnknownClaim: Error, Hashable, CustomStringConvertible {
  let description: String
}

/// Judges every published claim by what we measured, in the order of the claims.
///
/// Observations are by claim id; one without a published claim is an error, because it would
/// otherwise vanish. A missing value is never a pass. `remarks` say why a value is missing and what
/// was tried; `comparability` knows the conditions.
func judge(
  _ published: [PublishedClaim], _ observations: [String: Observation],
  remarks: [String: ClaimRemarks] = [:], by comparability: Comparability
) throws(UnknownClaim) -> [ClaimResult] {
  let ids = published.map(\.id)
  if let stray = observations.keys.sorted().first(where: { !ids.contains($0) }) {
    let hint = nearest(to: stray, in: ids).map { "; did you mean ‘\($0)’?" } ?? ""
    throw UnknownClaim(
      description: "there is a value for the claim ‘\(stray)’, but no published one\(hint)")
  }
  let conditions = published.map { claim in
    comparability.conditions(of: claim, facts: observations[claim.id]?.conditions)
  }
  var comparable: [String: Double] = [:]
  for (claim, conditions) in zip(published, conditions) {
    guard let observation = observations[claim.id], conditions.allSatisfy(\.holds),
      let summary = try? Summary(observation, of: claim)
    else { continue }
    comparable[claim.id] = summary.mean
  }
  return zip(published, conditions).map { claim, conditions in
    var result = judge(
      claim, observations[claim.id], remarks[claim.id], conditions, others: comparable)
    result.conditions = conditions
    if result.verdict.isOutside { result.tried = remarks[claim.id]?.tried }
    return result
  }
}

private func judge(
  _ claim: PublishedClaim, _ observation: Observation?, _ remarks: ClaimRemarks?,
  _ conditions: [Condition], others: [String: Double]
) -> ClaimResult {
  var ours: Summary?
  var absence = remarks?.absence ?? "no stage measures it"
  if let observation {
    do { ours = try Summary(observation, of: claim) } catch { absence = error.reason }
  }
  let tolerance = ToleranceRule.effective(for: claim, cases: ours?.cases)
  func result(_ verdict: Verdict, _ reason: String = "") -> ClaimResult {
    ClaimResult(claim: claim, ours: ours, tolerance: tolerance, verdict: verdict, reason: reason)
  }
  guard let ours else { return result(.notRun, absence) }
  if let reason = claim.ungatedBecause { return result(.notGated, reason) }
  let differences = conditions.differences
  guard differences.isEmpty else { return result(.notComparable, differences) }
  // Decimal fractions are not exact in binary: 99.9 − 96.9 is a little more than 3.
  let slack = 1e-9 * max(1, abs(claim.value.target))
  let shortfall = claim.value.target - ours.mean
  let distance = claim.kind == .lowerBound ? shortfall : abs(shortfall)
  if distance <= tolerance.value + slack { return result(.reproduced) }
  if ours.interval?.contains(claim.value.target) == true { return result(.consistent) }
  guard let check = claim.check else { return result(.notReproduced) }
  switch check.holds(ours: ours.mean, spearman: ours.rankCorrelation, others: others) {
  case true: return result(.directionOnly, "holds: \(check.text)")
  case false: return result(.notReproduced, "fails: \(check.text)")
  case nil: return result(.notReproduced, "cannot be checked for want of a value: \(check.text)")
  }
}
