import Foundation
import Testing

@testable import Pipeline

/// A project without a cache: what `results/` holds is enough to look, compare and write again.
@Suite("A fresh clone") struct FreshCloneTests {
  /// A project whose cache was lost after a run.
  private func clone() throws -> Program {
    let program = try Program()
    let answer = try program("all", "--quiet")
    #expect(answer.code == 0, "\(answer.messages)")
    try lose(program)
    return program
  }

  /// Everything in the cache but the name of the compiler.
  private func lose(_ program: Program) throws {
    for name in Files.list(program.cache) where name != "builds" {
      Files.remove("\(program.cache)/\(name)")
    }
    #expect(program.store.recordNames.isEmpty)
  }

  private func results(_ program: Program) throws -> [String: [UInt8]] {
    let folder = "\(program.folder)/results"
    return Dictionary(
      try Files.listRecursively(folder).map { ($0, try Files.read("\(folder)/\($0)")) },
      uniquingKeysWith: { first, _ in first })
  }

  @Test func `diff, report, status, plan, why and export need no cache`() throws {
    let program = try Program()
    try program("all", "--quiet")
    let (before, report) = (try results(program), try program.digests("report"))
    let diff = try program("diff")
    try program("export", "attack", "--to", "\(program.folder)/one")
    try lose(program)

    let again = try program("diff")
    #expect(again.output == diff.output && again.code == diff.code, "\(again.messages)")
    #expect(!again.output.contains("†"))
    Files.remove("\(program.folder)/report")
    #expect(try program("report").code == 0)
    #expect(try results(program) == before, "every byte, of runs.csv too")
    #expect(try program.digests("report") == report)

    let status = try program("status")
    #expect(status.output.split(separator: "\n").allSatisfy { $0.contains(" results  ") })
    let plan = try program("plan")
    #expect(plan.output.contains("run    maxout: its answer is in results/ alone (took "))
    #expect(plan.output.contains("4 to run, 0 fresh; they took "))
    #expect(try program("why", "attack").output.contains("under today's key"))

    let export = try program("export", "attack", "--to", "\(program.folder)/two")
    #expect(export.code == 0 && export.messages.contains("adversarial is left out"))
    let table = try Files.read("\(program.folder)/one/attack/attack.csv")
    #expect(try Files.read("\(program.folder)/two/attack/attack.csv") == table)
    #expect(program.store.recordNames.isEmpty, "nothing was computed")

    let all = try program("all")
    #expect(all.messages.contains("4 computed, 0 from the cache"), "\(all.messages)")
    var after = try results(program)
    after["tiny/runs.csv"] = before["tiny/runs.csv"]
    #expect(after == before)
  }

  @Test func `an answer of other options, code or inputs is shown as stale`() throws {
    let program = try clone()
    let before = try results(program)
    try program.edit("epsilon: 0.25", "epsilon: 0.5")
    let diff = try program("diff", "--json", "goodfellow2015.softmax.fgsm_0.25.error_rate")
    let claim = try #require(try JSON.parse(Array(diff.output.utf8))["claims"]?.array?.first)
    #expect(claim["stale"] == true && claim["ours"] != .null)
    #expect(
      claim["stale_reasons"]?.array?.first == "option attack.epsilon was 0.25 and is now 0.5")
    let text = try program("diff").output
    #expect(text.contains("not comparable †"))
    #expect(text.contains("† 1 claim rests on answers"))
    #expect(text.contains("by other options than today's"))
    let status = try program("status").output
    #expect(
      status.contains("stale    option attack.epsilon was 0.25 and is now 0.5; results/ holds"))
    #expect(status.contains("maxout   results  "))

    #expect(try program("report").code == 0)
    let report = String(
      decoding: try Files.read("\(program.folder)/report/tiny/report.md"), as: UTF8.self)
    #expect(report.contains("- 1 of 4 answers were made nobody knows when, by other options"))
    #expect(report.contains("not&nbsp;comparable") && report.contains("&nbsp;†"))
    var after = try results(program)
    for name in ["tiny/index.csv", "tiny/runs.csv"] { #expect(after[name] == before[name]) }
    after["tiny/code.json"] = before["tiny/code.json"]
    #expect(after == before, "what is stale stays as it is")

    // What comes after a stage that is stale is not known to be today's.
    try program.edit("epsilon: 0.5", "epsilon: 0.25")
    try program.edit("validation: 20", "validation: 10")
    let waiting = try program("status").output
    #expect(waiting.contains("waiting  for digits; results/ holds an answer of another day"))
  }

  @Test(arguments: ["", "{\"format\": 1, \"stage\"", "no JSON", "{}", "{\"format\": 2}"])
  func `a spoilt answer is named, and only who needs it fails`(text: String) throws {
    let program = try clone()
    let path = "\(program.folder)/results/tiny/attack/answer.json"
    try Files.write(Array(text.utf8), to: path)
    for command in ["diff", "report", "status", "plan"] {
      let answer = try program(command)
      #expect(answer.code == 65, "\(command): \(answer.messages)")
      #expect(answer.messages.contains("results/tiny/attack/answer.json’ "))
    }
    #expect(try Files.read(path) == Array(text.utf8), "nothing is repaired in silence")
    #expect(try program("all", "--quiet").code == 0)
    #expect(try program("diff").code == 3)
  }

  @Test func `a table edited by hand is damage`() throws {
    let program = try clone()
    let path = "\(program.folder)/results/tiny/attack/attack.csv"
    let old = String(decoding: try Files.read(path), as: UTF8.self)
    try Files.write(Array(old.replacing("softmax", with: "softmin").utf8), to: path)
    for command in ["diff", "report"] {
      let answer = try program(command)
      #expect(answer.code == 65)
      #expect(answer.messages.contains("results/tiny/attack/attack.csv’ is not what its stage"))
    }
    Files.remove(path)
    #expect(try program("diff").messages.contains("not there"))
    #expect(try program("status").code == 0, "where stages stand hangs on no table")
  }

  @Test func `verify proves the bytes and finds one digit`() throws {
    let program = try clone()
    let before = try results(program)
    let good = try program("verify", "--sample", "2")
    #expect(good.code == 0, "\(good.messages)")
    #expect(good.output.split(separator: "\n").count == 2)
    #expect(try program("verify", "--sample", "2", "--dry-run").output.count > 8)
    #expect(try results(program) == before && program.store.recordNames.isEmpty)

    let path = "\(program.folder)/results/tiny/softmax/curve.csv"
    let lines = String(decoding: try Files.read(path), as: UTF8.self).split(separator: "\n")
    var cells = lines[1].split(separator: ",").map(String.init)
    cells[1] += "9"
    let edited =
      [String(lines[0]), cells.joined(separator: ",")] + lines.dropFirst(2).map(String.init)
    try Files.write(Array((edited.joined(separator: "\n") + "\n").utf8), to: path)
    let bad = try program("verify", "softmax", "digits")
    #expect(bad.code == 1, "\(bad.messages)")
    #expect(bad.output.contains("✓ digits: "))
    #expect(bad.output.contains("softmax/curve.csv: row 1 (line 2), column "))
    #expect(bad.output.contains("‘\(cells[1])’ stands there"))
    Files.remove("\(program.folder)/results/tiny/digits/answer.json")
    #expect(try program("verify", "digits").output.contains("results/ holds no answer of it"))
  }

  @Test func `the sample hangs on the seed and the names alone`() throws {
    let program = try Program()
    func sample(_ words: String...) throws -> String {
      var all = ["verify", "--dry-run", "--sample", "2"]
      all += words
      let (process, output, _) = try program.process(all)
      try process.run()
      process.waitUntilExit()
      return String(decoding: try Files.read(output), as: UTF8.self)
    }
    let first = try sample()
    #expect(try sample() == first)
    #expect(try (1...9).contains { try sample("--seed", "\($0)") != first })
  }
}
