import Contract
import Foundation
import Testing

@testable import Pipeline

/// An answer that is written and read again is the same answer, its tables cell for cell.
@Suite struct AnswerTests {
  /// Every kind of cell, and columns where a CSV field alone would mislead.
  static let table = Table(
    caption: "hostile \"cells\"",
    columns: [
      .init("word", "Word"), .init("count", "Count", unit: "px"),
      .init("size", "Size", decimals: 2), .init("share", "Share", unit: "%"),
      .init("mixed", "Mixed"), .init("none", "None"), .init("odd", "Odd"),
    ],
    rows: [
      [
        .text(""), .integer(3), .number(3), .proportion(hits: 1, total: 3), .text("3"), .missing,
        .number(.nan),
      ],
      [
        .text("a, \"b\"\nc"), .missing, .number(0.1 + 0.2), .missing, .integer(3), .missing,
        .number(.infinity),
      ],
      [
        .text("3"), .integer(-7), .missing, .proportion(hits: 0, total: 0), .number(3), .missing,
        .missing,
      ],
      [
        .missing, .integer(0), .number(-0.0), .number(2.5), .missing, .missing,
        .number(-.infinity),
      ],
    ])

  private func kept(_ table: Table) throws -> AnswerArtifact {
    let value = Artifact.table(table)
    let entry = Record.Entry(name: "t", form: .table, digest: "d", size: 1)
    let artifact = AnswerArtifact(
      entry, value, files: [.init(name: "t.csv", sha256: SHA256.hex(of: Array(table.csv.utf8)))])
    let text = try Answer.encoded(artifact)
    return try JSONDecoder().decode(AnswerArtifact.self, from: Data(text))
  }

  @Test(arguments: [0, 1, 2, 3, 4])
  func `a table comes back from its CSV file cell for cell`(rows: Int) throws {
    for first in 0...(4 - min(rows, 4)) {
      let part = Table(
        caption: Self.table.caption, columns: Self.table.columns,
        rows: Array(Self.table.rows[first..<(first + rows)]))
      let file = try CSVFile(Array(part.csv.utf8), name: "t.csv")
      let read = try #require(Table(try kept(part), file))
      // By their bytes: no number equals what is not one.
      let texts = [read, part].map { String(decoding: Artifact.table($0).stored, as: UTF8.self) }
      #expect(texts[0] == texts[1])
    }
  }

  @Test func `a file of other columns or cells is no table of the answer`() throws {
    let artifact = try kept(Self.table)
    for (old, new) in [("word,", "wort,"), ("\n3,-7", "\n3,x"), (",odd\n", "\n")] {
      let text = Self.table.csv
      #expect(text.contains(old))
      let bytes = Array(text.replacing(old, with: new).utf8)
      guard let file = try? CSVFile(bytes, name: "t.csv") else { continue }
      #expect(Table(artifact, file) == nil, "\(old)")
    }
  }

  @Test func `an answer keeps everything that a record says but the run itself`() throws {
    let record = RecordFixture.record(acceptedFrom: "0f")
    let answer = Answer(
      record, record.artifacts.map { AnswerArtifact($0, nil, files: []) })
    let bytes = try answer.bytes
    #expect(try answer.bytes == bytes, "the same bytes each time")
    let read = try JSONDecoder().decode(Answer.self, from: Data(bytes))
    #expect(read == answer)
    #expect(read.record(code: record.parts.code, effort: record.effort) == record)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(!text.contains("1.25") && !text.contains("1700000000"), "when it ran stands apart")
  }

  @Test func `sets of code name every file once and give it back`() throws {
    func print(_ names: String...) -> CodeFingerprint {
      CodeFingerprint(files: names.map { .init(name: "\($0).swift", digest: "sha-\($0)") })
    }
    let prints = [print("A", "B", "C", "E"), print("B"), print("A", "B", "C", "D", "E"), print()]
    let sets = CodeSets(prints)
    #expect(sets.files.count == 5)
    #expect(sets.sets[prints[0].digest] == "0-2 4")
    for print in prints { #expect(sets.fingerprint(print.digest) == print) }
    #expect(sets.fingerprint("none") == nil)
    #expect(CodeSets(Array(prints.reversed())) == sets, "in whatever order they come")
  }

  @Test func `the log of runs is read as it was written`() throws {
    let folder = try ScratchFolder()
    var log = RunLog()
    var record = RecordFixture.record()
    log.note(record)
    record = Record(
      key: "k", stage: "digits", parts: record.parts, artifacts: [], conditions: [:],
      deviations: [],
      effort: .init(
        seconds: 0.5, peakMemory: 7, threads: 1, finished: 1_700_000_060,
        commit: "c25c9b6 with uncommitted changes", machine: "A, \"B\" CPU"), acceptedFrom: nil)
    log.note(record)
    let path = "\(folder.path)/runs.csv"
    let text = log.text(order: ["digits", "absent", "softmax@2"])
    try Files.write(Array(text.utf8), to: path)
    #expect(text.split(separator: "\n")[1].hasPrefix("digits,k,2023-11-14T22:14:20Z,"))
    let read = try RunLog(path: path)
    #expect(read.rows == log.rows)
    #expect(read.effort(of: "digits", key: "k") == record.effort)
    #expect(read.effort(of: "digits", key: "other") == nil)
    #expect(read.seconds(of: "digits") == 0.5)
    #expect(read.text(order: ["digits", "softmax@2"]) == text)
    try Files.write(Array("stage,key\n".utf8), to: path)
    #expect(throws: ResultDamage.self) { try RunLog(path: path) }
    #expect(try RunLog(path: "\(folder.path)/none").rows.isEmpty)
  }

  @Test func `the first difference is named by row and column, or by byte`() {
    func difference(_ name: String, _ a: String, _ b: String) -> String? {
      FileDifference.first(name, kept: Array(a.utf8), computed: Array(b.utf8))
    }
    #expect(difference("a.csv", "x\n1\n", "x\n1\n") == nil)
    #expect(
      difference("a.csv", "x,y\n1,2\n3,4\n", "x,y\n1,2\n3,5\n")
        == "row 2 (line 3), column y: ‘4’ stands there, ‘5’ was computed")
    #expect(difference("a.csv", "x\n1\n", "y\n1\n")?.contains("columns are x") == true)
    #expect(difference("a.csv", "x\n1\n2\n", "x\n1\n") == "2 rows stand there, 1 were computed")
    #expect(difference("a.csv", "x\n\"1\"\n", "x\n1\n")?.hasPrefix("byte 3") == true)
    #expect(difference("a.csv", "\"", "x\n1\n")?.hasPrefix("byte 1: 34 stands") == true)
    #expect(difference("a.png", "abc", "abd") == "byte 3: 99 stands there, 100 was computed")
    #expect(difference("a.png", "abc", "ab")?.contains("2 were computed") == true)
  }
}
