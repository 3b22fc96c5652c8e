import Foundation
import Testing

@testable import Pipeline

/// The program from outside: what it computes, what it remembers, and what it says about it.
@Suite("Runs of the program") struct RunTests {
  @Test func `a second run computes nothing, and an edit reruns what depends on it`() throws {
    let program = try Program()
    let first = try program("all")
    #expect(first.code == 0, "\(first.messages)")
    #expect(first.messages.contains("4 computed, 0 from the cache"))
    #expect(first.output.contains("not comparable"))
    let results = try program.digests("results")
    #expect(results["tiny/attack/attack.csv"] != nil)
    #expect(Files.size("\(program.folder)/report/tiny/report.md") ?? 0 > 500)

    let second = try program("all")
    #expect(second.messages.contains("0 computed, 4 from the cache"))
    #expect(second.messages.contains("report.md (unchanged)"))
    #expect(try program.digests("results") == results)

    try program.edit("epsilon: 0.25", "epsilon: 0.5")
    let why = try program("why", "attack")
    #expect(why.output.contains("- option attack.epsilon was 0.25 and is now 0.5"))
    let third = try program("all")
    #expect(third.messages.contains("1 computed, 3 from the cache"))
    #expect(
      third.messages.contains(
        "attack: started, because option attack.epsilon was 0.25 and is now 0.5"))
    #expect(try program.digests("results") != results)

    try program.edit("epsilon: 0.5", "epsilon: 0.25")
    let fourth = try program("all")
    #expect(fourth.messages.contains("0 computed, 4 from the cache"), "the old answer is known")
    #expect(try program.digests("results") == results)
  }

  @Test func `the same bytes stop the cascade`() throws {
    let program = try Program()
    try program("all")
    // A bound that the run never reaches: another key, the same weights.
    try program.edit("patience: 2, maximum-epochs: 2}", "patience: 3, maximum-epochs: 2}")
    let answer = try program("all")
    #expect(answer.messages.contains("1 computed, 3 from the cache"), "\(answer.messages)")
    #expect(
      answer.messages.contains("softmax (") && answer.messages.contains("same bytes as before"))
  }

  @Test func `force says whether the bytes are the same`() throws {
    let program = try Program()
    let missing = try program("run", "softmax")
    #expect(missing.messages.contains("softmax: computed for the first time in this profile"))
    let again = try program("run", "softmax", "--force")
    #expect(again.code == 0)
    #expect(again.messages.contains("softmax: every artifact has the same bytes as before"))
    #expect(again.messages.contains("1 computed, 1 from the cache"))
  }

  @Test func `threads, jobs and SIMD path leave no trace`() throws {
    let (one, two) = (try Program(), try Program())
    let narrow = try one(
      "all", "--threads", "1", "--jobs", "1", environment: ["PIPELINE_SIMD": "generic"])
    let wide = try two("all", "--threads", "2", "--jobs", "2")
    #expect(narrow.code == 0 && wide.code == 0, "\(narrow.messages)\(wide.messages)")
    #expect(try one.digests("results") == two.digests("results"))
    #expect(try one.digests("report") == two.digests("report"))
    #expect(try one.digests("results").count > 8)
  }

  @Test func `what was edited in results is written again, however little else there is to do`()
    throws
  {
    let program = try Program()
    try program("all")
    let written = try program.digests("results")
    usleep(50_000)
    let again = try program("all")
    #expect(again.messages.contains("(0 of "), "\(again.messages)")
    #expect(
      Files.list("\(program.cache)/written").count == 1, "that nothing is to do was not noted")
    let table = "\(program.folder)/results/tiny/attack/attack.csv"
    var bytes = try Files.read(table)
    let digit = try #require(bytes.lastIndex { Ascii.isDigit($0) })
    bytes[digit] ^= 1
    try Files.write(bytes, to: table)
    #expect(try program.digests("results") != written)
    #expect(try program("all").messages.contains("(1 of "))
    #expect(try program.digests("results") == written)
  }

  @Test func `a dry run and a plan compute nothing`() throws {
    let program = try Program()
    let answers = [
      try program("all", "--dry-run"), try program("plan"),
      try program("run", "attack", "--dry-run"),
    ]
    for answer in answers {
      #expect(answer.code == 0, "\(answer.messages)")
      #expect(answer.output.contains("run    digits: it has not been computed yet"))
      #expect(answer.output.contains("maybe  softmax"))
    }
    #expect(program.store.recordNames.isEmpty)
    #expect(!Files.isFolder("\(program.folder)/results"))
  }

  @Test func `accept adopts after an edit of code, and only then`() throws {
    let program = try Program()
    try program("all")
    let old = try #require(program.store.latest(profile: "tiny", stage: "softmax"))
    // The answer of a program that was built from other code.
    let parts = KeyParts(
      kind: old.parts.kind, options: old.parts.options, inputs: old.parts.inputs,
      seed: old.parts.seed, code: CodeFingerprint(files: [.init(name: "Old.swift", digest: "0")]))
    let other = Record(
      key: parts.key, stage: old.stage, parts: parts, artifacts: old.artifacts,
      conditions: old.conditions, deviations: old.deviations, effort: old.effort,
      acceptedFrom: nil)
    program.store.removeRecord(old.key)
    try program.store.noteCode(parts.code)
    try program.store.publish(other)
    try program.store.setLatest(other.key, profile: "tiny", stage: "softmax")
    // What results/ holds would be today's.
    Files.remove("\(program.folder)/results")

    #expect(try program("why", "softmax").output.contains("its code changed: "))
    #expect(try program("accept", "attack").code == 64, "what it needs comes first")
    let refused = try program("accept", "softmax", "--set", "softmax.options.batch=10")
    #expect(refused.code == 64)
    #expect(
      refused.messages.contains("differs in more than its code: option batch was 20 and is now 10"))

    let unproven = try program("accept", "softmax")
    #expect(
      unproven.code == 64 && unproven.messages.contains("results/demo has no stage of the kind"))
    try program("all", "--profile", "demo", "--cache", "\(program.folder)/another")
    let vacuous = try program("accept", "softmax")
    #expect(vacuous.code == 64 && vacuous.messages.contains("was made by the new code"))
    let answer = "\(program.folder)/results/demo/softmax/answer.json"
    let today = String(decoding: try Files.read(answer), as: UTF8.self)
    let folder = AnswerFolder(path: "\(program.folder)/results/demo")
    let found = try folder.answer("softmax")
    let kept = try #require(found)
    let code = try #require(kept.code)
    let before = today.replacing(code, with: String(repeating: "0", count: 64))
      .replacing(kept.key, with: String(repeating: "1", count: 64))
    try Files.write(Array(before.utf8), to: answer)
    let curve = "\(program.folder)/results/demo/softmax/curve.csv"
    let right = try Files.read(curve)
    try Files.write(right + Array("9,9,9,9,9\n".utf8), to: curve)
    let different = try program("accept", "softmax")
    #expect(different.code == 1 && different.messages.contains("changes its demo twin ‘softmax’"))
    #expect(program.store.latest(profile: "tiny", stage: "softmax")?.acceptedFrom == nil)

    try Files.write(right, to: curve)
    let accepted = try program("accept", "softmax")
    #expect(accepted.code == 0, "\(accepted.messages)")
    #expect(accepted.messages.contains("softmax of the profile demo, computed by the new code"))
    #expect(program.store.latest(profile: "tiny", stage: "softmax")?.acceptedFrom == other.key)
    #expect(try program("why", "softmax").output.contains("accepted from \(other.key.prefix(12))"))
    #expect(try program("all").messages.contains("0 computed, 4 from the cache"))
    #expect(try program("accept", "softmax").messages.contains("fresh already"))
  }

  @Test func `two runs at once share one cache and compute each stage once`() throws {
    let program = try Program()
    let calls = try (0..<2).map { _ in try program.process(["all", "--jobs", "2"]) }
    for call in calls { try call.process.run() }
    var computed = 0
    for call in calls {
      call.process.waitUntilExit()
      let messages = String(decoding: try Files.read(call.messages), as: UTF8.self)
      #expect(call.process.terminationStatus == 0, "\(messages)")
      let count = messages.split(separator: " computed,").first?.split(
        whereSeparator: \.isWhitespace
      )
      .last.flatMap { Int($0) }
      computed += count ?? 100
    }
    #expect(computed == 4)
  }

  @Test func `run writes the results of what it was asked for and of what that needs`() throws {
    let program = try Program()
    let answer = try program("run", "softmax")
    #expect(answer.code == 0, "\(answer.messages)")
    let folders = Set(try program.digests("results").keys.map { $0.split(separator: "/")[1] })
    #expect(folders == ["code.json", "digits", "softmax"])
    try program("all")
    let all = try program.digests("results")
    #expect(all.count > 8)
    let again = try program("run", "softmax", "--force")
    #expect(again.messages.contains("(0 of ") || again.messages.contains("(1 of "))
    #expect(!again.messages.contains("now stale"), "\(again.messages)")
    #expect(try program.digests("results") == all)
  }
}
