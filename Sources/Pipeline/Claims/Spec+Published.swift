import Experiments

extension Spec {
  /// Checks that every claim the spec speaks of is published.
  ///
  /// This cannot be a rule among the others, which look at nothing but the spec.
  func check(against published: [PublishedClaim]) throws(SpecError) {
    let ids = published.map(\.id)
    let known = Set(ids)
    for claim in claims where !known.contains(claim.id) {
      throw SpecError(
        claim.place, "no published claim is called \(quoted(claim.id))",
        hint: suggestion(for: claim.id, among: ids, otherwise: "published/*.csv lists them"))
    }
    for selection in papers.flatMap(\.sections).flatMap(\.claims)
    where !ids.contains(where: selection.contains) {
      throw SpecError(
        selection.place,
        "no published claim is called \(quoted(selection.prefix)) or begins with it",
        hint: suggestion(for: selection.prefix, among: ids, otherwise: "published/*.csv lists them")
      )
    }
  }
}
