/// What a person asks for: stages, where the claims' numbers stand, and the order of the report.
struct Spec: Sendable {
  /// The file it was read from.
  let source: SourceText
  /// The profile whose values are in force.
  let profile: String
  /// All profiles, in the order of the file.
  let profileNames: [String]
  /// The profile that is used when none is named.
  let defaultProfile: String
  /// The seed of the run, from which every stage's randomness is derived.
  let seed: UInt64
  /// The stages of the profile, in the order of the file.
  let stages: [StageSpec]
  /// The stages that are part of other profiles only.
  let leftOut: [StageSpec]
  let claims: [ClaimSpec]
  /// The papers, in the order of the report.
  let papers: [PaperSpec]
  private let positions: [String: Int]

  /// The keys of the file itself.
  static let keys = KnownKeys(
    of: "a spec", ["version", "seed", "default-profile", "profiles", "stages", "claims", "papers"])

  /// The stage of that name, or nil if the profile has none.
  func stage(named name: String) -> StageSpec? { positions[name].map { stages[$0] } }

  /// The stage of that name that only other profiles have, or nil.
  func leftOut(named name: String) -> StageSpec? { leftOut.first { $0.name == name } }

  /// What a command needs to be about this profile: ` --profile demo`, nothing for the default.
  var profileOption: String { profile == defaultProfile ? "" : " --profile \(profile)" }

  /// Reads a spec with the values of one profile, then those of the command line, in force.
  ///
  /// - Parameters:
  ///   - profile: nil takes the file's default.
  ///   - overrides: `--set PATH=VALUE`, in order; a value is written in YAML on one line.
  ///   - seed: nil takes the file's.
  static func load(
    _ source: SourceText, profile: String? = nil, overrides: [(path: String, value: String)] = [],
    seed: UInt64? = nil
  ) throws(SpecError) -> Spec {
    let root = try YAMLParser.parse(source)
    guard case .mapping(let mapping) = root.value else {
      throw root.mismatch("the spec", wanted: "a mapping that begins with ‘version: 1’")
    }
    try keys.check(mapping)
    _ = try root.required("version", in: "the spec").integer("the version", in: 1...1)
    let stageNode = try root.required("stages", in: "the spec")
    let profiles = try Profiles(root)
    let chosen = try profiles.choice(profile)

    let written = try stageNode.mapping("‘stages’")
    // First as written: a misspelt key is told at the stage, not at the profile that looks for it.
    for entry in written.entries { _ = try StageSpec(entry) }
    var overridden = Overrides(written)
    // The profiles that are not in force must fit the stages too, or they would rot unseen.
    for entry in profiles.entries where entry.key != chosen.key {
      var unused = overridden
      try unused.apply(profile: try entry.value.mapping("the profile ‘\(entry.key)’"))
    }
    try overridden.apply(profile: try chosen.value.mapping("the profile ‘\(chosen.key)’"))
    for (path, value) in overrides { try overridden.apply(path: path, value: value) }
    return try Spec(
      root, source: source, profile: chosen.key, profiles: profiles,
      stages: overridden.entries, seed: seed)
  }

  private init(
    _ root: Node, source: SourceText, profile: String, profiles: Profiles,
    stages entries: [Mapping.Entry], seed: UInt64?
  ) throws(SpecError) {
    let seedNode = try root.required("seed", in: "the spec")
    let writtenSeed = try seedNode.integer("the seed", in: 0...Int.max)
    var (stages, leftOut): ([StageSpec], [StageSpec]) = ([], [])
    var positions: [String: Int] = [:]
    for entry in entries {
      let stage = try StageSpec(entry)
      if stage.isPart(of: profile) {
        positions[entry.key] = stages.count
        stages.append(stage)
      } else {
        leftOut.append(stage)
      }
    }
    var claims: [ClaimSpec] = []
    for entry in try root["claims"]?.mapping("‘claims’").entries ?? [] {
      claims.append(try ClaimSpec(entry))
    }
    var papers: [PaperSpec] = []
    for item in try root["papers"]?.items("‘papers’") ?? [] {
      papers.append(try PaperSpec(item))
    }
    self.source = source
    self.profile = profile
    profileNames = profiles.names
    defaultProfile = try profiles.choice(nil).key
    self.seed = seed ?? UInt64(writtenSeed)
    self.stages = stages
    self.leftOut = leftOut
    self.positions = positions
    self.claims = claims
    self.papers = papers
  }
}
