import Contract

@testable import Pipeline

/// Records for tests.
enum RecordFixture {
  /// A record that uses every field.
  static func record(
    kind: String = "train-softmax", options: [String: Setting] = ["epochs": .int(3)],
    inputs: [KeyParts.Input] = [.init(slot: "data", stage: "digits", digest: "d1")],
    seed: String = "5f", code: [CodeFingerprint.File] = [.init(name: "A.swift", digest: "c1")],
    artifacts: [Record.Entry] = [
      .init(name: "curve", form: .table, digest: "aa11", size: 12),
      .init(name: "weights", form: .tensors, digest: "bb22", size: 34),
    ],
    acceptedFrom: String? = nil
  ) -> Record {
    let parts = KeyParts(
      kind: kind, options: KeyParts.flatten(options), inputs: inputs, seed: seed,
      code: CodeFingerprint(files: code))
    return Record(
      key: parts.key, stage: "softmax@2", parts: parts, artifacts: artifacts,
      conditions: ["data": "mnist", "clip": "no \"clip\"\n"],
      deviations: [Deviation("shorter", because: "time")],
      effort: Record.Effort(
        seconds: 1.25, peakMemory: 1 << 33, threads: 2, finished: 1_700_000_000),
      acceptedFrom: acceptedFrom)
  }
}
