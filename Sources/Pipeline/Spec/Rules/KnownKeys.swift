/// A mapping of the spec has no keys but those that are read.
struct KnownKeys: Sendable {
  let owner: String
  let keys: [String]

  /// The keys that `owner`, such as `a stage`, may have.
  init(of owner: String, _ keys: [String]) {
    self.owner = owner
    self.keys = keys
  }

  /// Refuses the first key that nobody reads.
  func check(_ mapping: Mapping) throws(SpecError) {
    guard let unknown = mapping.entries.first(where: { !keys.contains($0.key) }) else { return }
    throw SpecError(
      unknown.keyPlace, "unknown key \(quoted(unknown.key))",
      hint: suggestion(for: unknown.key, among: keys, otherwise: "\(owner) has the keys"))
  }
}
