import Foundation
import Testing

@testable import Pipeline

/// What is lost or damaged is found, told and made again, to the same bytes.
@Suite("Damage to the cache") struct DamageTests {
  /// One way to spoil an artifact.
  enum Spoiling: CaseIterable { case flip, cut, delete, replace }

  private func spoil(_ path: String, _ how: Spoiling) throws {
    var bytes = try Files.read(path)
    switch how {
    case .flip: bytes[bytes.count / 2] ^= 1
    case .cut: bytes.removeLast(bytes.count / 2)
    case .delete: return Files.remove(path)
    case .replace: bytes = [1]
    }
    try Files.write(bytes, to: path)
  }

  @Test(arguments: Spoiling.allCases)
  func `a spoilt artifact is made again`(how: Spoiling) throws {
    let program = try Program()
    try program("all")
    let results = try program.digests("results")
    for (stage, name) in [("digits", "digits"), ("maxout", "weights"), ("attack", "attack")] {
      let record = try #require(program.store.latest(profile: "tiny", stage: stage))
      let entry = try #require(record.artifacts.first { $0.name == name })
      try spoil(program.store.path(of: entry.digest), how)
      // Read by the attack, or by the results: a stage that reads nothing damaged does not care.
      let answer = try program("run", "attack", "--force")
      #expect(answer.code == 0, "\(stage): \(answer.messages)")
      #expect(try program.store.get(entry.digest).count == entry.size, "\(stage)")
    }
    #expect(try program("all").code == 0)
    #expect(try program.digests("results") == results)
  }

  @Test func `a damaged table that nobody computes with is made again by all`() throws {
    let program = try Program()
    try program("all")
    let results = try program.digests("results")
    let record = try #require(program.store.latest(profile: "tiny", stage: "softmax"))
    let entry = try #require(record.artifacts.first { $0.name == "curve" })
    try spoil(program.store.path(of: entry.digest), .flip)
    #expect(try program("export", "softmax", "--to", "\(program.folder)/e").code == 74)
    let answer = try program("all")
    #expect(answer.code == 0, "\(answer.messages)")
    #expect(
      answer.messages.contains("damaged: its bytes do not have that SHA-256; making it again"))
    #expect(answer.messages.contains("1 computed, 3 from the cache"))
    #expect(try program.digests("results") == results)
  }

  @Test(arguments: ["", "{", "not a record"])
  func `a lost or spoilt record costs one run`(text: String) throws {
    let program = try Program()
    try program("all")
    let record = try #require(program.store.latest(profile: "tiny", stage: "softmax"))
    let path = "\(program.store.folder)/records/\(record.key).json"
    if text.isEmpty { Files.remove(path) } else { try Files.write(Array(text.utf8), to: path) }
    let answer = try program("all")
    #expect(answer.code == 0)
    #expect(answer.messages.contains("1 computed, 3 from the cache"), "\(answer.messages)")
    #expect(program.store.record(record.key) != nil)
  }

  @Test func `fsck finds what is damaged and takes it away`() throws {
    let program = try Program()
    try program("all")
    #expect(try program("fsck").messages.contains(" 0 damaged"))
    let record = try #require(program.store.latest(profile: "tiny", stage: "softmax"))
    try spoil(program.store.path(of: record.artifacts[0].digest), .flip)
    try Files.write([1], to: "\(program.cache)/records/x.json.draft-1-2")
    try Files.write([1], to: "\(program.cache)/records/x.json")
    let answer = try program("fsck")
    #expect(answer.messages.contains("damaged: object \(record.artifacts[0].digest.prefix(12))"))
    #expect(answer.messages.contains("damaged: record x.json"))
    #expect(answer.messages.contains("incomplete: softmax"))
    #expect(answer.messages.contains("1 unfinished files of killed runs"))
    #expect(answer.messages.contains(" 3 damaged"))
    #expect(try program("all").messages.contains("1 computed, 3 from the cache"))
    #expect(try program("fsck").messages.contains(" 0 damaged"))
  }

  @Test func `gc keeps what every profile stands for`() throws {
    let program = try Program()
    try program("all")
    try program("all", "--profile", "demo", "--seed", "8")
    try program("all", "--set", "attack.attack.epsilon=0.1")
    let records = program.store.recordNames.count
    let preview = try program("gc", "--dry-run")
    #expect(preview.messages.contains("would take away 1 records"), "\(preview.messages)")
    #expect(program.store.recordNames.count == records)
    let answer = try program("gc")
    #expect(answer.messages.contains("took away 1 records"))
    #expect(program.store.recordNames.count == records - 1)
    #expect(try program("fsck").messages.contains(" 0 damaged"))
    #expect(
      try program("all", "--profile", "demo", "--seed", "8").messages.contains("0 computed, 4 from")
    )
    #expect(try program("all").messages.contains("1 computed, 3 from the cache"))
  }

  @Test func `nobody cleans up while a run is at work`() throws {
    let program = try Program()
    let use = try program.store.use()
    try withExtendedLifetime(use) {
      for command in ["gc", "fsck"] {
        let answer = try program(command)
        #expect(answer.code == 75, "\(command)")
        #expect(answer.messages.contains("another run is using"))
      }
    }
  }
}
