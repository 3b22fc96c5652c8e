import Testing

@testable import Pipeline

@Suite("Records") struct RecordTests {
  /// What a record says of its code is kept elsewhere.
  private func read(_ bytes: [UInt8], of record: Record) -> Record? {
    Record(bytes: bytes).map { read in
      read.parts.code == CodeFingerprint(digest: record.parts.code.digest)
        ? read.with(code: record.parts.code) : read
    }
  }

  @Test(arguments: [nil, "0123"])
  func `a record reads back as it was`(acceptedFrom: String?) {
    let record = RecordFixture.record(acceptedFrom: acceptedFrom)
    #expect(read(record.bytes, of: record) == record)
  }

  @Test func `a record without inputs, options or artifacts reads back`() {
    let record = RecordFixture.record(options: [:], inputs: [], code: [], artifacts: [])
    #expect(read(record.bytes, of: record) == record)
  }

  @Test func `any change of any character makes it none`() {
    let bytes = RecordFixture.record().bytes
    for i in bytes.indices {
      for byte in [bytes[i] ^ 1, UInt8(ascii: "0"), UInt8(ascii: " ")] where byte != bytes[i] {
        var changed = bytes
        changed[i] = byte
        #expect(Record(bytes: changed) == nil, "byte \(i) became \(byte)")
      }
    }
  }

  @Test func `a cut record is none`() {
    let bytes = RecordFixture.record().bytes
    for count in 0..<bytes.count { #expect(Record(bytes: Array(bytes[..<count])) == nil) }
  }

  @Test func `a record is JSON that a person can read`() throws {
    let json = try JSON.parse(RecordFixture.record().bytes)
    #expect(json["kind"]?.string == "train-softmax")
    #expect(json["seal"]?.string?.count == 64)
  }

  @Test func `words enter what a slot takes only for who is told them`() {
    let record = RecordFixture.record()
    let other = Record(
      key: record.key, stage: record.stage, parts: record.parts, artifacts: record.artifacts,
      conditions: ["data": "another word"], deviations: [], effort: record.effort,
      acceptedFrom: nil)
    #expect(record.digest(of: ["curve"]) == other.digest(of: ["curve"]))
    #expect(
      record.digest(of: ["curve"], told: record.conditions)
        != other.digest(of: ["curve"], told: other.conditions))
  }

  @Test func `what a slot takes is what it depends on`() {
    func record(_ weights: String, _ curve: String) -> Record {
      RecordFixture.record(artifacts: [
        .init(name: "curve", form: .table, digest: curve, size: 1),
        .init(name: "weights", form: .tensors, digest: weights, size: 1),
      ])
    }
    let old = record("w1", "c1")
    #expect(old.digest(of: ["weights"]) == record("w1", "c2").digest(of: ["weights"]))
    #expect(old.digest(of: ["weights"]) != record("w2", "c1").digest(of: ["weights"]))
    #expect(old.digest(of: ["curve", "weights"]) == old.outputDigest)
    #expect(old.digest(of: ["absent"]) != old.digest(of: []))
    #expect(record("w1", "c2").changedArtifacts(since: old) == ["curve"])
    #expect(old.changedArtifacts(since: old).isEmpty)
  }
}
