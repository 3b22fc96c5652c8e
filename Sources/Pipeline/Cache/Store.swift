import Contract
import Foundation

/// The content-addressed store: artifacts by the hash of their bytes, records by the stage's key.
///
/// ```
/// objects/ab/cdef…          artifacts, named by their SHA-256
/// records/<key>.json        what a finished stage made; written last
/// codes/<digest>            which files the code of some records was
/// latest/<profile>/<stage>  the key that was last good for a stage, for `why` and `gc`
/// locks/  logs/  checkpoints/
/// ```
struct Store: Sendable {
  /// The folder that holds everything.
  let folder: String
  private let known = KnownRecords()

  /// The store in a folder.
  init(folder: String) { self.folder = folder }

  /// An object whose bytes do not have the digest it is named by.
  struct Damage: Error, CustomStringConvertible {
    let digest: String
    let problem: String
    var description: String { "the stored artifact \(digest.prefix(12)) is \(problem)" }
    /// What one can do about it.
    static let hint = "pipeline fsck takes away what is damaged, and the next run makes it again"
  }

  /// Another run is at work in the same store; exit code 75.
  struct Busy: Error, CustomStringConvertible {
    let folder: String
    var description: String {
      "another run is using ‘\(folder)’\nhint: try again when it has ended"
    }
  }

  // MARK: Use

  /// Held while stages may be writing, so that nobody cleans up beneath them.
  func use() throws -> FileLock { try FileLock(usePath, shared: true) }

  /// Held while cleaning up.
  func own() throws -> FileLock {
    guard let lock = try FileLock(ifFree: usePath) else { throw Busy(folder: folder) }
    return lock
  }

  private var usePath: String { "\(folder)/locks/use" }

  // MARK: Objects

  /// Where an object lies.
  func path(of digest: String) -> String { "\(folder)/\(Self.place(of: digest))" }

  /// Where an object lies in the store's folder.
  static func place(of digest: String) -> String {
    let digits = digest.utf8
    return "objects/\(Substring(digits.prefix(2)))/\(Substring(digits.dropFirst(2)))"
  }

  /// Stores bytes and returns their digest; what is there already, whole, is left alone.
  func put(_ bytes: [UInt8]) throws -> String {
    let digest = SHA256.hex(of: bytes)
    if let old = try? Files.read(path(of: digest)), SHA256.hex(of: old) == digest { return digest }
    try Files.write(bytes, to: path(of: digest))
    return digest
  }

  /// The bytes of an object, checked against their digest.
  func get(_ digest: String) throws -> [UInt8] {
    guard let bytes = try? Files.read(path(of: digest)) else {
      throw Damage(digest: digest, problem: "missing")
    }
    guard SHA256.hex(of: bytes) == digest else {
      throw Damage(digest: digest, problem: "damaged: its bytes do not have that SHA-256")
    }
    return bytes
  }

  /// Takes a damaged object away, so that it is made again.
  func discard(_ digest: String) {
    known.forget()
    Files.remove(path(of: digest))
  }

  // MARK: Records

  private func recordPath(_ key: String) -> String { "\(folder)/records/\(key).json" }

  /// The record of a key, if the stage has been finished and its artifacts are all there.
  ///
  /// Only sizes are looked at here, and once a run; digests are checked whenever bytes are read.
  func record(_ key: String) -> Record? {
    if let record = known.record(key) { return record }
    guard let record = readRecord("\(key).json"), record.key == key else { return nil }
    let whole = record.artifacts.allSatisfy { Files.size(path(of: $0.digest)) == $0.size }
    guard whole else { return nil }
    known.note(record)
    return record
  }

  /// The record of a key, whether or not its artifacts are still there.
  func anyRecord(_ key: String) -> Record? { readRecord("\(key).json") }

  private func readRecord(_ name: String) -> Record? {
    (try? Files.read("\(folder)/records/\(name)")).flatMap(Record.init(bytes:))
  }

  /// Publishes a record.
  ///
  /// Everything it names must have been put before.
  func publish(_ record: Record) throws {
    known.forget(record.key)
    try Files.write(record.bytes, to: recordPath(record.key))
  }

  /// The names of all record files.
  var recordNames: [String] { Files.list("\(folder)/records").filter { $0.hasSuffix(".json") } }

  /// All records that can be read, with the names of those that cannot.
  func allRecords() -> (good: [Record], bad: [String]) {
    var (good, bad): ([Record], [String]) = ([], [])
    for name in recordNames {
      if let record = readRecord(name) { good.append(record) } else { bad.append(name) }
    }
    return (good, bad)
  }

  /// Removes a record.
  func removeRecord(_ key: String) {
    known.forget(key)
    Files.remove(recordPath(key))
  }

  // MARK: Code

  private func codePath(_ digest: String) -> String { "\(folder)/codes/\(digest)" }

  /// Keeps which files a fingerprint has, so that `why` can name those that were edited since.
  func noteCode(_ code: CodeFingerprint) throws {
    guard !code.files.isEmpty, Files.size(codePath(code.digest)) == nil else { return }
    let lines = code.files.map { "\($0.digest) \($0.name)\n" }
    try Files.write(Array(lines.joined().utf8), to: codePath(code.digest))
  }

  /// A fingerprint with its files; without them where they are not kept whole.
  func code(_ digest: String) -> CodeFingerprint {
    guard let bytes = try? Files.read(codePath(digest)) else {
      return CodeFingerprint(digest: digest)
    }
    let files = String(decoding: bytes, as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      return words.count == 2 ? CodeFingerprint.File(name: words[1], digest: words[0]) : nil
    }
    let read = CodeFingerprint(files: files)
    return read.digest == digest ? read : CodeFingerprint(digest: digest)
  }

  /// Takes away what is kept of code and not whole; returns how many files that were.
  func removeDamagedCodes() -> Int {
    let damaged = Files.list("\(folder)/codes").filter { code($0).files.isEmpty }
    damaged.forEach { Files.remove(codePath($0)) }
    return damaged.count
  }

  /// Takes away what is kept of code that no record names.
  func removeCodes(except kept: Set<String>) {
    for name in Files.list("\(folder)/codes") where !kept.contains(name) {
      Files.remove(codePath(name))
    }
  }

  // MARK: Which record was last good for a stage

  private func latestPath(_ profile: String, _ stage: String) -> String {
    "\(folder)/latest/\(profile)/\(stage)"
  }

  /// Notes that a key is the one a stage now stands for.
  func setLatest(_ key: String, profile: String, stage: String) throws {
    let (bytes, path) = (Array(key.utf8), latestPath(profile, stage))
    if (try? Files.read(path)) != bytes { try Files.write(bytes, to: path, durable: false) }
  }

  /// The record that a stage last stood for in a profile, with the files of its code.
  func latest(profile: String, stage: String) -> Record? {
    guard let bytes = try? Files.read(latestPath(profile, stage)) else { return nil }
    guard let record = anyRecord(String(decoding: bytes, as: UTF8.self)) else { return nil }
    // Most stages share their code, which is read once for all of them.
    let digest = record.parts.code.digest
    let code = known.code(digest) ?? code(digest)
    if !code.files.isEmpty { known.note(code) }
    return record.with(code: code)
  }

  /// The keys that any profile's stages last stood for.
  func latestKeys() -> Set<String> {
    Set(
      Files.listRecursively("\(folder)/latest").compactMap {
        try? String(decoding: Files.read("\(folder)/latest/\($0)"), as: UTF8.self)
      })
  }

  // MARK: Other places

  /// The lock of a key.
  func lockPath(_ key: String) -> String { "\(folder)/locks/\(key)" }

  /// Where a stage's messages are kept.
  func logPath(_ stage: String) -> String { "\(folder)/logs/\(stage).log" }

  /// Where the state of an unfinished training is kept.
  func checkpointPath(_ key: String) -> String { "\(folder)/checkpoints/\(key)" }

  /// Removes what processes that were killed left half written; returns how many files that were.
  func removeDrafts() -> Int {
    let drafts = Files.listRecursively(folder).filter(Files.isDraft)
    drafts.forEach { Files.remove("\(folder)/\($0)") }
    return drafts.count
  }
}
