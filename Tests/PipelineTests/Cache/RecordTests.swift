import Testing

@testable import Pipeline

@Suite("Records") struct RecordTests {
  @Test(arguments: [nil, "0123"])
  func `a record reads back as it was`(acceptedFrom: String?) throws {
    let record = RecordFixture.record(acceptedFrom: acceptedFrom)
    for pretty in [true, false] {
      let text = record.json.text(pretty: pretty)
      #expect(Record(try JSON.parse(Array(text.utf8))) == record)
    }
  }

  @Test func `a record without inputs, options or artifacts reads back`() throws {
    let record = RecordFixture.record(options: [:], inputs: [], code: [], artifacts: [])
    #expect(Record(try JSON.parse(Array(record.json.text().utf8))) == record)
  }

  @Test func `any change of any character makes it another record, or none`() throws {
    let record = RecordFixture.record()
    let text = Array(record.json.text(pretty: true).utf8)
    for i in text.indices {
      for byte in [text[i] ^ 1, UInt8(ascii: "0"), UInt8(ascii: " ")] where byte != text[i] {
        var changed = text
        changed[i] = byte
        let read = (try? JSON.parse(changed)).flatMap(Record.init)
        #expect(read == nil || read == record, "byte \(i) became \(byte)")
      }
    }
  }

  @Test func `a cut record is none`() {
    let text = Array(RecordFixture.record().json.text(pretty: false).utf8)
    for count in 0..<text.count {
      #expect((try? JSON.parse(Array(text[..<count]))).flatMap(Record.init) == nil)
    }
  }

  @Test func `a lost artifact is noticed`() throws {
    let whole = RecordFixture.record()
    let members = try #require(whole.json.object)
    let poorer = members.map { name, value in
      (name, name == "artifacts" ? JSON.array(Array((value.array ?? []).dropLast())) : value)
    }
    #expect(Record(.object(members)) == whole)
    #expect(Record(.object(poorer)) == nil)
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
