import Contract
import Testing

@testable import Pipeline

@Suite("What a run shows") struct ProgressDisplayTests {
  /// A run of four stages: one known, one computed, one failed, one repaired and computed.
  private func record(live: Bool, quiet: Bool = false) -> String {
    let written = Text()
    var display = ProgressDisplay(
      style: Style(color: false), live: live, quiet: quiet, width: 60,
      write: { written.text += $0 })
    let answer = RecordFixture.record()
    display.begin(stages: 4)
    display.cached("digits")
    display.started("softmax", because: [.neverRun])
    display.progressed("softmax", Progress(3, of: 12, unit: "epochs", detail: "error 4 %"))
    display.tick()
    display.finished(
      "softmax", .computed(answer, because: [.neverRun], changes: nil), seconds: 1.5)
    display.started("maxout", because: [.forced])
    display.waiting("maxout")
    display.repairing("maxout", "an input is damaged")
    display.started("maxout", because: [.forced])
    display.finished("maxout", .computed(answer, because: [.forced], changes: []), seconds: 62)
    display.started("attack", because: [.seedChanged, .forced])
    display.finished(
      "attack", .failed(.stageFailed, message: "no gradient", log: "l"), seconds: 0.2)
    display.end()
    return written.text
  }

  /// What was written.
  private final class Text { var text = "" }

  @Test func `plain lines off a terminal`() {
    #expect(
      record(live: false) == """
        softmax: started, because it has not been computed yet
        ✓ softmax (1.5 s)
        maxout: started, because --force was given
        maxout: waiting for another run that computes the same
        maxout: an input is damaged; making it again
        maxout: started, because --force was given
        ✓ maxout (1 min 02 s, same bytes as before)
        attack: started, because its seed changed
        ✗ attack (0.2 s): no gradient

        """)
  }

  @Test func `live lines are drawn, and erased before anything else is said`() {
    let erase = "\u{1B}[2A\u{1B}[J"
    #expect(
      record(live: true) == """
        softmax [█████░░░░░░░░░░░░░░░] 3/12 epochs (error 4 %)
        1 of 4 stages done, 3 to go
        \(erase)✓ softmax (1.5 s)
        maxout: an input is damaged; making it again
        ✓ maxout (1 min 02 s, same bytes as before)
        ✗ attack (0.2 s): no gradient

        """)
  }

  @Test func `quiet says nothing`() {
    #expect(record(live: false, quiet: true) == "")
    #expect(record(live: true, quiet: true) == "")
  }
}

@Suite("Events") struct StageEventTests {
  @Test(
    arguments: [
      .progress(Progress(1, of: 2, unit: "epochs", detail: "a \"b\"\n")), .waiting, .finished,
      .found,
      .damaged(digest: "ab", message: "m"), .failed(.badInput, message: "ε\n"),
    ] as [StageEvent])
  func `an event is one line and reads back`(event: StageEvent) {
    #expect(event.line.hasSuffix("\n"))
    #expect(event.line.utf8.count { $0 == Ascii.newline } == 1)
    #expect(StageEvent(line: event.line.utf8.dropLast()) == event)
  }

  @Test(arguments: ["", "x", "{}", "{\"event\":\"other\"}", "{\"event\":\"failed\",\"code\":9}"])
  func `anything else is no event`(line: String) {
    #expect(StageEvent(line: line.utf8) == nil)
  }
}

@Suite("Jobs") struct StageJobTests {
  @Test func `a job reads back with the same key`() throws {
    let options: [String: Setting] = [
      "a": .double(1), "b": .list([.int(1), .double(0.1), .null, .bool(true)]),
      "c": .string("ε\"\n"),
      "d": .map(["x.y": .double(1e300)]), "e": .double(123_456_789_012_345_680),
    ]
    let record = RecordFixture.record(options: options)
    let job = StageJob(
      name: "a@2", parts: record.parts, options: options,
      inputs: [.init(slot: "data", stage: "digits", recordKey: "k")], runSeed: .max, stage: "a",
      replicate: 2, threads: 3, dataFolders: ["/x y"], cache: "/c", force: true)
    let read = try #require(StageJob(try JSON.parse(Array(job.json.text().utf8))))
    #expect(read.parts.key == record.key)
    #expect(read.json == job.json)
    #expect(!job.json.text().contains("\n"))
    #expect(StageJob(.object([])) == nil)
  }
}
