import Contract
import Foundation
import Testing

@testable import Pipeline

@Suite("The store") final class StoreTests {
  private let scratch: ScratchFolder
  private let store: Store

  init() throws {
    scratch = try ScratchFolder()
    store = Store(folder: "\(scratch.path)/cache")
  }

  deinit { scratch.remove() }

  private func stored(_ bytes: [UInt8] = [1, 2, 3]) throws -> (record: Record, digest: String) {
    let digest = try store.put(bytes)
    let record = RecordFixture.record(artifacts: [
      .init(name: "weights", form: .tensors, digest: digest, size: bytes.count)
    ])
    try store.publish(record)
    return (record.with(code: CodeFingerprint(digest: record.parts.code.digest)), digest)
  }

  @Test func `what was put can be got`() throws {
    for bytes in [[], [7], [UInt8](repeating: 9, count: 100_000)] as [[UInt8]] {
      let digest = try store.put(bytes)
      #expect(digest == SHA256.hex(of: bytes))
      #expect(try store.get(digest) == bytes)
      #expect(try store.put(bytes) == digest)
    }
  }

  @Test func `damage is told and can be put right`() throws {
    let digest = try store.put([1, 2, 3])
    try Files.write([1, 2, 4], to: store.path(of: digest))
    #expect(throws: Store.Damage.self) { try store.get(digest) }
    #expect(try store.put([1, 2, 3]) == digest)
    #expect(try store.get(digest) == [1, 2, 3])
    store.discard(digest)
    let error = #expect(throws: Store.Damage.self) { try store.get(digest) }
    #expect(error?.description == "the stored artifact \(digest.prefix(12)) is missing")
  }

  @Test func `a record counts only with its artifacts`() throws {
    let (record, digest) = try stored()
    #expect(store.record(record.key) == record)
    try Files.write([1, 2], to: store.path(of: digest))
    #expect(Store(folder: store.folder).record(record.key) == nil, "a cut artifact")
    store.discard(digest)
    #expect(store.record(record.key) == nil, "a missing artifact")
    #expect(store.anyRecord(record.key) == record)
    _ = try store.put([1, 2, 3])
    #expect(store.record(record.key) == record)
    store.removeRecord(record.key)
    #expect(store.record(record.key) == nil)
    #expect(store.anyRecord(record.key) == nil)
  }

  @Test func `which files the code was is kept once, and only whole`() throws {
    let (record, _) = try stored()
    let code = RecordFixture.record().parts.code
    try store.setLatest(record.key, profile: "demo", stage: "softmax")
    #expect(store.latest(profile: "demo", stage: "softmax") == record)
    try store.noteCode(code)
    #expect(store.latest(profile: "demo", stage: "softmax")?.parts.code == code)
    #expect(store.removeDamagedCodes() == 0)
    try Files.write(Array("c2 A.swift\n".utf8), to: "\(store.folder)/codes/\(code.digest)")
    #expect(store.code(code.digest) == CodeFingerprint(digest: code.digest))
    #expect(store.removeDamagedCodes() == 1)
    try store.noteCode(code)
    store.removeCodes(except: [code.digest])
    #expect(store.code(code.digest) == code)
    store.removeCodes(except: [])
    #expect(store.code(code.digest).files.isEmpty)
  }

  @Test(arguments: ["", "{}", "garbage", "{\"format\": 1}", "\u{0}\u{0}\u{0}"])
  func `garbage in a record's place is no record`(text: String) throws {
    let (record, _) = try stored()
    try Files.write(Array(text.utf8), to: "\(store.folder)/records/\(record.key).json")
    #expect(store.record(record.key) == nil)
    #expect(store.allRecords().good.isEmpty)
    #expect(store.allRecords().bad == ["\(record.key).json"])
  }

  @Test func `a record under another's name is no record`() throws {
    let (record, _) = try stored()
    try Files.write(record.bytes, to: "\(store.folder)/records/other.json")
    #expect(store.record("other") == nil)
  }

  @Test func `the latest record is kept for each profile`() throws {
    let (record, _) = try stored()
    try store.setLatest(record.key, profile: "demo", stage: "softmax@2")
    try store.setLatest("gone", profile: "paper", stage: "softmax@2")
    #expect(store.latest(profile: "demo", stage: "softmax@2") == record)
    #expect(store.latest(profile: "paper", stage: "softmax@2") == nil)
    #expect(store.latest(profile: "demo", stage: "maxout") == nil)
    #expect(store.latestKeys() == [record.key, "gone"])
  }

  @Test func `drafts are nobody's files and can be taken away`() throws {
    let (record, digest) = try stored()
    for path in [store.path(of: digest), "\(store.folder)/records/\(record.key).json"] {
      try Files.write([1], to: "\(path).draft-1-2")
    }
    #expect(store.allRecords().good == [record])
    #expect(store.allRecords().bad.isEmpty)
    #expect(store.removeDrafts() == 2)
    #expect(store.removeDrafts() == 0)
    #expect(try store.get(digest) == [1, 2, 3])
  }

  @Test func `nobody cleans up beneath a run`() throws {
    let runs = [try store.use(), try store.use()]
    withExtendedLifetime(runs) { _ = #expect(throws: Store.Busy.self) { _ = try store.own() } }
  }

  @Test func `after the runs one may clean up`() throws {
    do { _ = try store.use() }
    _ = try store.own()
  }
}
