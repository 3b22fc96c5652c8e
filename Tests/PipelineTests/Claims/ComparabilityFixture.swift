import Papers

@testable import Pipeline

/// The project's own spec and published numbers, with one option changed.
struct ComparabilityFixture {
  let spec: Spec
  let claims: [PublishedClaim]
  private let comparability: Comparability

  /// The spec in a profile, with values of the command line.
  init(profile: String = "paper", set overrides: [(path: String, value: String)] = []) throws {
    let root = SourceTree.root
    claims = try PublishedClaims.load(folder: "\(root)/published")
    let path = "\(root)/experiments.yaml"
    spec = try Spec.load(
      SourceText(name: path, bytes: Files.read(path)), profile: profile, overrides: overrides,
      claims: claims.map(\.id))
    try spec.validate(kinds: Catalog.kinds.map(KindInfo.init))
    comparability = Comparability(
      spec, published: try PublishedConditions.spec(beside: spec))
  }

  /// The claims whose values stand in a table of this profile.
  var measured: [PublishedClaim] {
    claims.filter { claim in
      spec.claims.contains {
        $0.id == claim.id && $0.cell.flatMap { spec.stage(named: $0.stage.stage) } != nil
      }
    }
  }

  /// The claim of that name.
  func claim(_ id: String) -> PublishedClaim? { claims.first { $0.id == id } }

  /// What differs from the paper, when the stages found this; or else just what it asks for.
  func differences(_ id: String, found: [String: String]? = nil) throws -> String {
    try conditions(id, found: found).differences
  }

  /// All conditions of a claim.
  func conditions(_ id: String, found: [String: String]? = nil) throws -> [Condition] {
    guard let claim = claim(id) else { throw NoSummary(reason: "there is no claim \(id)") }
    let wanted = Dictionary(
      claim.requirements.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    return comparability.conditions(of: claim, facts: found ?? wanted)
  }

  /// The claim judged on the paper's very value, when the stages found what it asks for.
  func result(_ id: String) throws -> ClaimResult? {
    guard let claim = claim(id), case .number(let number) = claim.value else { return nil }
    let facts = Dictionary(
      claim.requirements.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    return try judge(
      [claim], [id: Observation([.number(number.value)], conditions: facts)], by: comparability
    ).first
  }
}
