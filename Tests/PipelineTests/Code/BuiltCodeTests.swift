import Foundation
import Stages
import Testing

@testable import Pipeline

@Suite("The code a program was built from") struct BuiltCodeTests {
  private let scratch: ScratchFolder
  private let program: String
  private let notes: String

  init() throws {
    scratch = try ScratchFolder()
    program = "\(scratch.path)/program"
    notes = "\(scratch.path)/notes"
    try Files.write(Array("struct MNISTStage { let a = Loader() }".utf8), to: source("MNISTStage"))
    try Files.write(Array("struct Loader { let x = 1 }".utf8), to: source("Loader"))
    try date(source("MNISTStage"), 100)
    try date(source("Loader"), 100)
    try Files.write([1, 2, 3], to: program)
    try date(program, 200)
  }

  private func source(_ name: String) -> String {
    "\(scratch.path)/Sources/Experiments/\(name).swift"
  }

  private func date(_ path: String, _ seconds: Double) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: seconds)], ofItemAtPath: path)
  }

  /// What is found now, or so much later that times of files say something.
  private func code(hoursLater hours: Int = 0) -> BuiltCode {
    BuiltCode(
      root: scratch.path, executable: program, notes: notes,
      now: FileStamps.now + hours * 3_600_000_000_000)
  }

  private var notesKept: Int { Files.list(notes).count }

  private func write(_ text: String, to name: String, date seconds: Double) throws {
    try Files.write(Array(text.utf8), to: source(name))
    try date(source(name), seconds)
  }

  @Test func `older sources are those it was built from`() {
    defer { scratch.remove() }
    #expect(code().fallbackReason == nil)
    #expect(code().fingerprint(of: MNISTStage.self).files.map(\.name).count == 2)
  }

  @Test func `a comment edited later is no other code`() throws {
    defer { scratch.remove() }
    let before = code().fingerprint(of: MNISTStage.self)
    try write("struct Loader {\n  // One.\n  let x = 1\n}", to: "Loader", date: 300)
    #expect(code().fallbackReason == nil)
    #expect(code().fingerprint(of: MNISTStage.self) == before)
  }

  @Test func `sources edited later are not what it runs`() throws {
    defer { scratch.remove() }
    let before = code().fingerprint(of: MNISTStage.self)
    try write("struct Loader { let x = 2 }", to: "Loader", date: 300)
    #expect(code().fallbackReason == "its sources were edited since it was built")
    let fallback = code().fingerprint(of: MNISTStage.self)
    #expect(fallback != before)
    #expect(fallback.files.map(\.name) == ["(the program itself)"])
  }

  @Test func `an old file put back, or one taken away, is seen`() throws {
    defer { scratch.remove() }
    _ = code()
    try write("struct Loader { let x = 0 }", to: "Loader", date: 50)
    #expect(code().fallbackReason != nil)
    try write("struct Loader { let x = 1 }", to: "Loader", date: 100)
    #expect(code().fallbackReason == nil)
    Files.remove(source("Loader"))
    #expect(code().fallbackReason != nil)
  }

  @Test func `without sources the program's own bytes count`() throws {
    defer { scratch.remove() }
    Files.remove("\(scratch.path)/Sources")
    let one = code()
    #expect(one.fallbackReason == "its sources are not here")
    try Files.write([1, 2, 4], to: program)
    #expect(code().fingerprint(of: MNISTStage.self) != one.fingerprint(of: MNISTStage.self))
  }

  @Test func `the layers of a network come with whoever reads it`() throws {
    defer { scratch.remove() }
    try write("struct Dense { let y = 1 }", to: "Dense", date: 100)
    for _ in 0..<2 {  // found in the sources, and then in the note
      let code = code(hoursLater: 1)
      #expect(code.layers(of: MNISTStage.self).isEmpty)
      let found = code.fingerprint(of: MNISTStage.self, layers: ["Dense"])
      #expect(
        found.files.map(\.name)
          == ["Dense", "Loader", "MNISTStage"].map { "Experiments/\($0).swift" })
      #expect(found == CodeFingerprint(files: found.files))
    }
  }

  @Test func `whoever names a layer can build with it, and has its code already`() throws {
    defer { scratch.remove() }
    try write("struct Dense { let y = 1 }", to: "Dense", date: 100)
    try write("struct MNISTStage { let a = Loader(), b = Dense() }", to: "MNISTStage", date: 100)
    for _ in 0..<2 {
      let code = code(hoursLater: 1)
      #expect(code.layers(of: MNISTStage.self) == ["Dense"])
      #expect(
        code.fingerprint(of: MNISTStage.self, layers: ["Dense"])
          == code.fingerprint(of: MNISTStage.self))
    }
  }

  @Test func `without sources nobody knows of layers`() throws {
    defer { scratch.remove() }
    Files.remove("\(scratch.path)/Sources")
    let code = code()
    #expect(code.layers(of: MNISTStage.self).isEmpty)
    #expect(
      code.fingerprint(of: MNISTStage.self, layers: ["Dense"])
        == code.fingerprint(of: MNISTStage.self))
  }

  @Test func `what is found is noted once the files have been left alone`() throws {
    defer { scratch.remove() }
    let found = code(hoursLater: -1).fingerprint(of: MNISTStage.self)
    #expect(notesKept == 1, "only that the program was built from these sources")
    #expect(code(hoursLater: 1).fingerprint(of: MNISTStage.self) == found)
    #expect(notesKept == 2)
    #expect(code(hoursLater: 1).fingerprint(of: MNISTStage.self) == found)
    #expect(notesKept == 2)
  }

  @Test func `a note is used for exactly the files it is about`() throws {
    defer { scratch.remove() }
    let found = code(hoursLater: 1).fingerprint(of: MNISTStage.self)
    // As long as before and with the same time of modification, yet other code.
    try write("struct Loader { let x = 2 }", to: "Loader", date: 100)
    #expect(code(hoursLater: 1).fallbackReason != nil)
    #expect(code(hoursLater: 1).fingerprint(of: MNISTStage.self) != found)
    try write("struct Loader { let x = 1 }", to: "Loader", date: 100)
    #expect(code(hoursLater: 1).fingerprint(of: MNISTStage.self) == found)
  }

  @Test func `a damaged note is no note`() throws {
    defer { scratch.remove() }
    let found = code(hoursLater: 1).fingerprint(of: MNISTStage.self)
    for name in Files.list(notes) {
      var bytes = try Files.read("\(notes)/\(name)")
      guard bytes.starts(with: Array("seal".utf8)) else { continue }
      let last = try #require(bytes.lastIndex(of: UInt8(ascii: "1")))
      bytes[last] = UInt8(ascii: "0")
      try Files.write(bytes, to: "\(notes)/\(name)")
    }
    #expect(code(hoursLater: 1).fingerprint(of: MNISTStage.self) == found)
  }

  @Test func `flags count as code, comments on them do not`() throws {
    defer { scratch.remove() }
    func manifest(_ text: String) throws -> CodeFingerprint {
      try Files.write(Array(text.utf8), to: "\(scratch.path)/Package.swift")
      try date("\(scratch.path)/Package.swift", 100)
      Files.remove(notes)
      return code().fingerprint(of: MNISTStage.self)
    }
    let fast = try manifest("let flags: [SwiftSetting] = [\"-O\"]")
    #expect(fast.files.map(\.name).contains("Package.swift"))
    #expect(try manifest("// Fast.\nlet flags: [SwiftSetting] = [\"-O\"]") == fast)
    #expect(try manifest("let flags: [SwiftSetting] = [\"-Ounchecked\"]") != fast)
  }
}
