/// The conditions of the papers, as the spec states them.
enum PublishedConditions {
  /// The profile whose values are the papers'.
  static let profile = "paper"

  /// The spec as the papers have it: no value of the command line is in force.
  ///
  /// Nil if the file has no such profile; then no condition is known.
  static func spec(beside ours: Spec) throws(SpecError) -> Spec? {
    guard ours.profileNames.contains(profile) else { return nil }
    return try Spec.load(
      ours.source, profile: profile, claims: ours.claims.map(\.id), published: true)
  }
}
