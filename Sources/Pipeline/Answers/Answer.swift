import Contract
import Foundation

/// What a stage answered, as it is kept beside its tables and pictures in `results/<profile>/`:
/// everything but the bulky arrays.
///
/// With it a fresh clone without any cache can compare, report and explain. Numbers of tables and
/// the pictures themselves stand in the files beside it, once, and are named here with their
/// digests; when, where and how long the stage ran stands apart, in `runs.csv`.
struct Answer: Codable, Hashable, Sendable {
  /// The format's number.
  static let format = 1

  /// The file's name in the stage's folder.
  static let fileName = "answer.json"

  /// One input and the digest of what its slot took; nil where that was not kept.
  struct Input: Codable, Hashable, Sendable {
    let slot: String
    let stage: String
    let digest: String?
  }

  /// A departure from the paper.
  struct Departure: Codable, Hashable, Sendable {
    let what: String
    let why: String
  }

  /// The format it was written in.
  let format: Int
  /// The stage, with its replicate.
  let stage: String
  /// The stage kind.
  let kind: String
  /// The key that names its exact inputs, options and code; of some old ones only the first digits
  /// are known.
  let key: String
  /// The key of the answer that it was adopted from by `accept`, if it was.
  let acceptedFrom: String?
  /// The derived seed, in hexadecimal.
  let seed: String
  /// The options by path, as canonical text.
  let options: [String: String]
  /// The inputs, in the order of the spec.
  let inputs: [Input]
  /// The digest of the code behind it, nil where that was not kept.
  ///
  /// `code.json` says which files those were.
  let code: String?
  /// What it made, sorted by name.
  let artifacts: [AnswerArtifact]
  /// What the numbers were made under.
  let conditions: [String: String]
  /// Where it departs from its paper.
  let deviations: [Departure]

  /// The artifact of that name.
  func artifact(_ name: String) -> AnswerArtifact? { artifacts.first { $0.name == name } }

  /// Whether it is of a time when less was kept: what its inputs were, or all that it made.
  var isPartlyKnown: Bool {
    inputs.contains { $0.digest == nil } || artifacts.contains { $0.digest == nil }
  }
}

extension Answer {
  /// The answer that a record and its artifacts' files stand for.
  init(_ record: Record, _ artifacts: [AnswerArtifact]) {
    format = Self.format
    stage = record.stage
    kind = record.parts.kind
    key = record.key
    acceptedFrom = record.acceptedFrom
    seed = record.parts.seed
    options = Dictionary(
      record.parts.options.map { ($0.path, $0.value) }, uniquingKeysWith: { first, _ in first })
    inputs = record.parts.inputs.map { Input(slot: $0.slot, stage: $0.stage, digest: $0.digest) }
    code = record.parts.code.digest
    self.artifacts = artifacts
    conditions = record.conditions
    deviations = record.deviations.map { Departure(what: $0.what, why: $0.why) }
  }

  /// The answer as a record; what was not kept has the empty digest, which nothing has.
  func record(code: CodeFingerprint, effort: Record.Effort) -> Record {
    Record(
      key: key, stage: stage,
      parts: KeyParts(
        kind: kind,
        options: options.sorted { $0.key < $1.key }
          .map { KeyParts.Option(path: $0.key, value: $0.value) },
        inputs: inputs.map {
          KeyParts.Input(slot: $0.slot, stage: $0.stage, digest: $0.digest ?? "")
        },
        seed: seed, code: code),
      artifacts: artifacts.map {
        Record.Entry(
          name: $0.name, form: $0.form, digest: $0.digest ?? "", size: $0.size ?? 0)
      },
      conditions: conditions, deviations: deviations.map { Deviation($0.what, because: $0.why) },
      effort: effort, acceptedFrom: acceptedFrom)
  }

  /// The file's bytes: the same answer gives the same ones.
  var bytes: [UInt8] {
    get throws { try Self.encoded(self) }
  }

  /// A value as JSON that a person can read and that has one form only.
  static func encoded(_ value: some Encodable) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(value)) + [Ascii.newline]
  }
}

extension Artifact.Form: Codable {}
