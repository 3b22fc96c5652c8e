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
  private let leftOutPositions: [String: Int]

  /// The keys of the file itself.
  static let keys = KnownKeys(
    of: "a spec",
    [
      "version", "seed", "profiles", "default-profile", "recipes", "stages", "claims", "papers",
    ])

  /// The stage of that name, or nil if the profile has none.
  func stage(named name: String) -> StageSpec? { positions[name].map { stages[$0] } }

  /// The stage of that name that only other profiles have, or nil.
  func leftOut(named name: String) -> StageSpec? {
    leftOutPositions[name].map { leftOut[$0] }
  }

  /// What a command needs to be about this profile: ` --profile demo`, nothing for the default.
  var profileOption: String { profile == defaultProfile ? "" : " --profile \(profile)" }

  /// Reads a spec with the values of one profile, then those of the command line, in force.
  ///
  /// - Parameters:
  ///   - profile: nil takes the file's default; of the published conditions, the papers' profile.
  ///   - overrides: `--set PATH=VALUE`, in order; a value is written in YAML on one line.
  ///   - seed: nil takes the file's.
  ///   - claims: the ids of all published claims, for patterns to fit.
  ///   - pages: the text of `papers/NAME.md` by its name; nil if there is none. Without this, no page
  ///     is read.
  ///   - published: true gives every stage as the papers have it: what an option states under
  ///     `published` wins over its profile's value.
  static func load(
    _ source: SourceText, profile: String? = nil, overrides: [(path: String, value: String)] = [],
    seed: UInt64? = nil, claims ids: [String] = [],
    pages: ((String) -> SourceText?)? = nil, published: Bool = false
  ) throws(SpecError) -> Spec {
    let root = try YAMLParser.parse(source)
    guard case .mapping(let mapping) = root.value else {
      throw root.mismatch("the spec", wanted: "a mapping that begins with ‘version: 2’")
    }
    try FormatVersion.check(root)
    try keys.check(mapping)
    let profiles = try Profiles(root)
    let chosen = try profiles.choice(profile ?? (published ? Profiles.ofThePapers : nil))
    let recipes = try Recipes(root["recipes"])
    let written = try WrittenStages(try root.required("stages", in: "the spec"))
    var resolved = Mapping()
    for stage in written.stages {
      resolved.append(
        try stage.resolved(
          recipes, profiles: profiles.names, profile: chosen, published: published))
    }
    var overridden = Overrides(resolved)
    for (path, value) in overrides { try overridden.apply(path: path, value: value) }
    let claims = try ClaimEntries(root["claims"], among: ids).claims
    var papers: [PaperSpec] = []
    if let pages {
      for item in try root["papers"]?.items("‘papers’") ?? [] {
        papers.append(try PaperSpec(item, pages: pages))
      }
    }
    return try Spec(
      root, source: source, profile: chosen, profiles: profiles, stages: overridden.entries,
      claims: claims, papers: papers, seed: seed)
  }

  private init(
    _ root: Node, source: SourceText, profile: String, profiles: Profiles,
    stages entries: [Mapping.Entry], claims: [ClaimSpec], papers: [PaperSpec],
    seed: UInt64?
  ) throws(SpecError) {
    let seedNode = try root.required("seed", in: "the spec")
    let writtenSeed = try seedNode.integer("the seed", in: 0...Int.max)
    var (stages, leftOut): ([StageSpec], [StageSpec]) = ([], [])
    var (positions, leftOutPositions): ([String: Int], [String: Int]) = ([:], [:])
    for entry in entries {
      let stage = try StageSpec(entry)
      if stage.isPart(of: profile) {
        positions[entry.key] = stages.count
        stages.append(stage)
      } else {
        leftOutPositions[entry.key] = leftOut.count
        leftOut.append(stage)
      }
    }
    self.source = source
    self.profile = profile
    profileNames = profiles.names
    defaultProfile = try profiles.choice(nil)
    self.seed = seed ?? UInt64(writtenSeed)
    self.stages = stages
    self.leftOut = leftOut
    self.positions = positions
    self.leftOutPositions = leftOutPositions
    self.claims = claims
    self.papers = papers
  }
}

/// The version of the file's format.
private enum FormatVersion {
  static func check(_ root: Node) throws(SpecError) {
    let node = try root.required("version", in: "the spec")
    if case .int(1) = node.value {
      throw SpecError(
        node.place, "this file is of version 1, and version 2 is read",
        hint: """
          write ‘version: 2’ and change:
            profiles: a list of names, [demo, standard, paper]; a profile’s value stands at the option,
              as in ‘epochs: {demo: 3, default: 10, paper: 1000}’, where it stood under ‘profiles’
            papers: a list of names; what was said of a paper stands in papers/NAME.md
            recipes: options that several stages share; a stage says ‘like: RECIPE’ (new, if wanted)
            claims: an id may be a pattern with {places} (new, if wanted)
          """)
    }
    _ = try node.integer("the version", in: 2...2)
  }
}
