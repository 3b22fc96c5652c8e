/// Why a stage has to be computed: small named reasons, most telling first.
enum Staleness: Hashable, Sendable {
  /// No run of this profile has finished it.
  case neverRun
  /// Another kind of stage stands under this name.
  case kindChanged(from: String, to: String)
  /// Options differ, each with its old and new value; nil where it was or is absent.
  case optionsChanged([OptionChange])
  /// The run's seed or the stage's name differ.
  case seedChanged
  /// An input has other content than before.
  case inputChanged(stages: [String])
  /// An input is stale itself, so what it gives today is not known.
  case inputStale([String])
  /// What its inputs were was not kept.
  case inputsUnknown
  /// The code that computes it was edited.
  case codeChanged(files: [String])
  /// What it made is gone from the store.
  case artifactsMissing
  /// It is to run again because somebody said so.
  case forced

  /// One option's change.
  struct OptionChange: Hashable, Sendable {
    let path: String
    let old: String?
    let new: String?
  }

  /// All reasons that hold between what a stage last stood for and what it stands for now.
  static func reasons(now: KeyParts, last: Record?, artifactsAreThere: Bool) -> [Staleness] {
    guard let last else { return [.neverRun] }
    let then = last.parts
    var reasons: [Staleness] = []
    if then.kind != now.kind { reasons.append(.kindChanged(from: then.kind, to: now.kind)) }
    let options = optionChanges(from: then.options, to: now.options)
    if !options.isEmpty { reasons.append(.optionsChanged(options)) }
    if then.seed != now.seed { reasons.append(.seedChanged) }
    let inputs = changedInputs(from: then.inputs, to: now.inputs)
    if !inputs.isEmpty { reasons.append(.inputChanged(stages: inputs)) }
    if now.code.digest != then.code.digest {
      reasons.append(.codeChanged(files: now.code.changedFiles(since: then.code)))
    }
    if reasons.isEmpty && !artifactsAreThere { reasons.append(.artifactsMissing) }
    return reasons
  }

  private static func optionChanges(
    from old: [KeyParts.Option], to new: [KeyParts.Option]
  ) -> [OptionChange] {
    let then = Dictionary(old.map { ($0.path, $0.value) }, uniquingKeysWith: { a, _ in a })
    let now = Dictionary(new.map { ($0.path, $0.value) }, uniquingKeysWith: { a, _ in a })
    var seen: Set<String> = []
    return (new + old).map(\.path).filter { then[$0] != now[$0] && seen.insert($0).inserted }
      .map { OptionChange(path: $0, old: then[$0], new: now[$0]) }
  }

  private static func changedInputs(
    from old: [KeyParts.Input], to new: [KeyParts.Input]
  ) -> [String] {
    if old == new { return [] }
    let (then, now) = (Set(old), Set(new))
    let changed = new.filter { !then.contains($0) }
    let gone = old.filter { !now.contains($0) }
    // Only their order may have changed.
    let named = changed.isEmpty ? gone.isEmpty ? new : gone : changed
    return named.map(\.stage).uniqued()
  }

  /// The reason in words.
  var sentence: String {
    switch self {
    case .neverRun: "it has not been computed yet"
    case .kindChanged(let old, let new): "its kind was ‘\(old)’ and is now ‘\(new)’"
    case .optionsChanged(let changes): changes.map(\.sentence).joined(separator: "; ")
    case .seedChanged: "its seed changed"
    case .inputChanged(let stages):
      "its input \(stages.map { "‘\($0)’" }.joined(separator: ", ")) changed"
    case .inputStale(let stages):
      "its input \(stages.map { "‘\($0)’" }.joined(separator: ", ")) is not today's"
    case .inputsUnknown: "what its inputs were was not kept"
    case .codeChanged(let files):
      "its code changed: \(files.isEmpty ? "which files is not known" : files.joined(separator: ", "))"
    case .artifactsMissing: "what it made is no longer in the cache"
    case .forced: "--force was given"
    }
  }
}

extension Staleness {
  /// What differs, in one word, for lists that must not change with every edit.
  var subject: String? {
    switch self {
    case .optionsChanged, .kindChanged: "options"
    case .seedChanged: "seed"
    case .inputChanged, .inputStale, .inputsUnknown: "inputs"
    case .codeChanged: "code"
    case .neverRun, .artifactsMissing, .forced: nil
    }
  }
}

extension Staleness.OptionChange {
  var sentence: String {
    switch (old, new) {
    case (let old?, let new?): "option \(path) was \(old) and is now \(new)"
    case (nil, let new?): "option \(path) is new: \(new)"
    case (let old?, nil): "option \(path) is gone, it was \(old)"
    case (nil, nil): "option \(path) is unchanged"
    }
  }
}
