extension Spec {
  /// Checks that every claim the spec speaks of is published, a matrix with these keys.
  ///
  /// This cannot be a rule among the others, which look at nothing but the spec.
  func check(against published: [PublishedClaim]) throws(SpecError) {
    let ids = published.map(\.id)
    let known = Dictionary(published.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    for claim in claims {
      guard let published = known[claim.id] else {
        throw SpecError(
          claim.place, "no published claim is called \(quoted(claim.id))",
          hint: suggestion(for: claim.id, among: ids, otherwise: "published/*.csv lists them"))
      }
      try checkKeys(of: claim, against: published)
    }
    for value in papers.flatMap(\.sections).flatMap(\.values) where known[value.claim] == nil {
      throw SpecError(
        value.place, "no published claim is called \(quoted(value.claim))",
        hint: suggestion(for: value.claim, among: ids, otherwise: "published/*.csv lists them"))
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

  private func checkKeys(
    of claim: ClaimSpec, against published: PublishedClaim
  ) throws(SpecError) {
    guard let cell = claim.cell else { return }
    guard case .matrix(let matrix) = published.value else {
      if cell.keys.isEmpty { return }
      throw SpecError(
        claim.place, "\(quoted(claim.id)) is a single number, which has no ‘keys’",
        hint: "remove ‘keys’, and let ‘where’ choose the row")
    }
    guard cell.keys == matrix.keys else {
      throw SpecError(
        claim.place,
        "\(quoted(claim.id)) is a matrix with other ‘keys’ in published/\(matrix.file)",
        hint: "write ‘keys: [\(matrix.keys.joined(separator: ", "))]’")
    }
  }
}
