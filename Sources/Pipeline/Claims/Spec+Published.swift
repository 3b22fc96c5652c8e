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
    let selections =
      papers.flatMap(\.sections).flatMap(\.claims) + papers.flatMap(\.tried).flatMap(\.claims)
    for selection in selections
    where !ids.contains(where: selection.contains) {
      throw SpecError(
        selection.place,
        "no published claim is called \(quoted(selection.prefix)) or begins with it",
        hint: suggestion(for: selection.prefix, among: ids, otherwise: "published/*.csv lists them")
      )
    }
  }

  /// What the papers' pages say was done about a claim's number: the words that stand with the longest
  /// part of its id; nil if there are none.
  func tried(for id: String) -> String? {
    papers.flatMap(\.tried).flatMap { tried in tried.claims.map { ($0, tried.words) } }
      .filter { $0.0.contains(id) }.max { $0.0.prefix.count < $1.0.prefix.count }?.1
  }

  private func checkKeys(
    of claim: ClaimSpec, against published: PublishedClaim
  ) throws(SpecError) {
    guard let cell = claim.cell else { return }
    let words = published.words
    if let idle = cell.names.keys.sorted().first(where: { !words.contains($0) }) {
      throw SpecError(
        claim.place, "the published claim \(quoted(claim.id)) does not speak of \(quoted(idle))",
        hint: words.isEmpty
          ? "remove ‘names’"
          : suggestion(for: idle, among: words.sorted(), otherwise: "its words for models are"))
    }
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

extension ClaimSpec.Cell {
  /// The paper's words by what they are called here.
  var publishedNames: [String: String] {
    Dictionary(names.map { ($0.value, $0.key) }, uniquingKeysWith: { first, _ in first })
  }
}

extension PublishedClaim {
  /// The words that a spec may give names: those of a matrix's cells, and those before the `/` of
  /// what the claim asks for.
  fileprivate var words: Set<String> {
    Set(value.matrix?.cells.flatMap(\.key) ?? [])
      .union(
        requirements.compactMap { requirement in
          requirement.key.contains("/")
            ? requirement.key.split(separator: "/").first.map(String.init) : nil
        })
  }
}
