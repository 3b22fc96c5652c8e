import Contract

/// What is known about one finished stage: written last, so that what it names is there.
struct Record: Hashable, Sendable {
  /// One artifact in the store.
  struct Entry: Hashable, Sendable {
    /// The name the stage gave it.
    let name: String
    /// What kind of value it is, so that large ones need not be read to be left out.
    let form: Artifact.Form
    /// The SHA-256 of its stored bytes, which is also its place in the store.
    let digest: String
    /// The number of stored bytes.
    let size: Int
  }

  /// The key it is stored under.
  let key: String
  /// The stage that was run, with its replicate.
  let stage: String
  /// Everything that made the key.
  let parts: KeyParts
  /// The artifacts, sorted by name.
  let artifacts: [Entry]
  /// The conditions the numbers were made under, without those of its inputs: see `HandedDown`.
  let conditions: [String: String]
  /// Where the stage departs from its paper, without what its inputs say.
  let deviations: [Deviation]
  /// How long it took and what it needed; never part of any number.
  let effort: Effort
  /// The key of the record this one was adopted from by `accept`, if it was.
  let acceptedFrom: String?

  /// Costs of a run.
  struct Effort: Hashable, Sendable {
    /// Wall-clock seconds.
    let seconds: Double
    /// The largest resident size, in bytes.
    let peakMemory: Int
    /// Threads given to it.
    let threads: Int
    /// When it ended, seconds since 1970.
    let finished: Int
    /// The commit whose program computed it; nil if nobody knows.
    var commit: String?
    /// The processor it ran on; nil if nobody knows.
    var machine: String?
  }

  /// The digest of what a slot takes: the named artifacts, and the conditions that a stage which reads
  /// them is told.
  ///
  /// Deviations are prose and never enter, nor do conditions that only claims read: another wording
  /// makes nothing stale.
  func digest(of names: [String], told conditions: [String: String] = [:]) -> String {
    var encoder = TaggedEncoder("output")
    for name in names.sorted() {
      encoder.add("artifact", name)
      encoder.add("digest", artifacts.first { $0.name == name }?.digest ?? "absent")
    }
    for (name, value) in conditions.sorted(by: { $0.key < $1.key }) {
      encoder.add("condition", name)
      encoder.add("value", value)
    }
    return encoder.digest
  }

  /// The digest of the whole answer.
  var outputDigest: String { digest(of: artifacts.map(\.name)) }

  /// Names of artifacts whose bytes differ from those of another run, or which only one has.
  func changedArtifacts(since old: Record) -> [String] {
    let names = Set(artifacts.map(\.name)).union(old.artifacts.map(\.name))
    return names.filter { name in
      artifacts.first { $0.name == name }?.digest != old.artifacts.first { $0.name == name }?.digest
    }.sorted()
  }
}

extension Record {
  /// The same record, with the files of its code.
  func with(code: CodeFingerprint) -> Record {
    Record(
      key: key, stage: stage,
      parts: KeyParts(
        kind: parts.kind, options: parts.options, inputs: parts.inputs, seed: parts.seed,
        code: code),
      artifacts: artifacts, conditions: conditions, deviations: deviations, effort: effort,
      acceptedFrom: acceptedFrom)
  }
}
