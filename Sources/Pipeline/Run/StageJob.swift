import Contract

/// Everything a stage process is told, as one line of JSON on its standard input: the same on this
/// machine and on any other that sees the store.
struct StageJob: Sendable {
  /// Where one input's answer is recorded.
  struct Input: Sendable {
    let slot: String
    let stage: String
    let recordKey: String
    /// The conditions that the stage is told of it.
    var conditions: [String: String] = [:]
  }

  /// The name with its replicate, for messages and the log.
  let name: String
  /// The key parts under which the answer is published.
  let parts: KeyParts
  /// The options as written in the spec.
  let options: [String: Setting]
  /// The inputs, in the order of the spec.
  let inputs: [Input]
  /// The run's seed.
  let runSeed: UInt64
  /// The stage's name in the spec, which its randomness hangs on.
  let stage: String
  /// Which replicate this is, from 1.
  let replicate: Int
  /// Threads it may use.
  let threads: Int
  /// Folders with original data files.
  let dataFolders: [String]
  /// The store.
  let cache: String
  /// Whether to compute even if the answer is there.
  let force: Bool
  /// The commit and the processor of this run, for the record; nil if nobody knows.
  var commit: String?
  var machine: String?

  /// The job as JSON.
  var json: JSON {
    .object([
      ("name", .string(name)), ("kind", .string(parts.kind)), ("seed", .string(parts.seed)),
      ("code", .string(parts.code.digest)),
      (
        "key-inputs",
        .array(
          parts.inputs.map { .array([.string($0.slot), .string($0.stage), .string($0.digest)]) })
      ),
      ("options", Setting.map(options).json),
      (
        "inputs",
        .array(
          inputs.map { .array([.string($0.slot), .string($0.stage), .string($0.recordKey)]) })
      ),
      (
        "conditions",
        .array(
          inputs.map { input in
            .object(
              input.conditions.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
          })
      ),
      ("run-seed", .string("\(runSeed)")), ("stage", .string(stage)),
      ("replicate", .int(replicate)), ("threads", .int(threads)),
      ("data", .array(dataFolders.map { .string($0) })), ("cache", .string(cache)),
      ("force", .bool(force)), ("commit", commit.map { .string($0) } ?? .null),
      ("machine", machine.map { .string($0) } ?? .null),
    ])
  }
}

extension StageJob {
  /// Reads a job back; nil if it is not one.
  init?(_ json: JSON) {
    guard let name = json["name"]?.string, let kind = json["kind"]?.string,
      let seed = json["seed"]?.string, let code = json["code"]?.string,
      let keyInputs = json["key-inputs"]?.triples, let inputs = json["inputs"]?.triples,
      let conditions = json["conditions"]?.array?.compactMap(\.strings),
      conditions.count == inputs.count,
      let options = json["options"], case .map(let settings) = Setting(options),
      let runSeed = json["run-seed"]?.string.flatMap(UInt64.init),
      let stage = json["stage"]?.string, let replicate = json["replicate"]?.int,
      let threads = json["threads"]?.int, let data = json["data"]?.array,
      let cache = json["cache"]?.string, case .bool(let force)? = json["force"]
    else { return nil }
    self.init(
      name: name,
      parts: KeyParts(
        kind: kind, options: KeyParts.flatten(settings),
        inputs: keyInputs.map { KeyParts.Input(slot: $0.0, stage: $0.1, digest: $0.2) },
        seed: seed, code: CodeFingerprint(digest: code)),
      options: settings,
      inputs: zip(inputs, conditions).map { input, told in
        Input(
          slot: input.0, stage: input.1, recordKey: input.2,
          conditions: Dictionary(told, uniquingKeysWith: { first, _ in first }))
      },
      runSeed: runSeed, stage: stage, replicate: replicate, threads: threads,
      dataFolders: data.compactMap(\.string), cache: cache, force: force,
      commit: json["commit"]?.string, machine: json["machine"]?.string)
  }
}

extension Setting {
  /// The setting as JSON.
  ///
  /// A number that is not finite becomes text; no option accepts one.
  var json: JSON {
    switch self {
    case .null: .null
    case .bool(let value): .bool(value)
    case .int(let value): .int(value)
    case .double(let value): value.isFinite ? .double(value) : .string("\(value)")
    case .string(let value): .string(value)
    case .list(let items): .array(items.map(\.json))
    case .map(let entries):
      .object(entries.sorted { $0.key < $1.key }.map { ($0.key, $0.value.json) })
    }
  }

  /// A setting from the JSON made by `json`.
  init(_ json: JSON) {
    switch json {
    case .null: self = .null
    case .bool(let value): self = .bool(value)
    case .int(let value): self = .int(value)
    case .double(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .array(let items): self = .list(items.map(Setting.init))
    case .object(let members):
      self = .map(
        Dictionary(
          members.map { ($0.0, Setting($0.1)) }, uniquingKeysWith: { first, _ in first }))
    }
  }
}

extension JSON {
  /// An array of arrays of three texts.
  fileprivate var triples: [(String, String, String)]? {
    array?.compactMap { row in
      guard let row = row.array, row.count == 3, let a = row[0].string, let b = row[1].string,
        let c = row[2].string
      else { return nil }
      return (a, b, c)
    }
  }
}
