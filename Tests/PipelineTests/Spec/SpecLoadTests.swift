import Contract
import Testing

@testable import Pipeline

@Suite struct SpecLoadTests {
  @Test func everythingIsRead() throws {
    let spec = try SpecSamples.load()
    #expect(spec.profile == "standard")
    #expect(spec.profileNames == ["demo", "standard", "paper"])
    #expect(spec.seed == 20_141_220)
    #expect(spec.stages.map(\.name) == ["digits", "softmax", "maxout", "section-4"])
    let maxout = try #require(spec.stage(named: "maxout"))
    #expect(maxout.kind == "train")
    #expect(maxout.replicates == 2)
    #expect(maxout.mark == Mark(line: 20, column: 3))
    #expect(maxout.kindMark == Mark(line: 21, column: 11))
    #expect(
      maxout.options == [
        "epochs": .int(60),
        "schedule": .list([.double(0.1), .map(["after": .int(10), "rate": .double(0.01)])]),
      ])
    let table = try #require(spec.stage(named: "section-4"))
    #expect(table.replicates == 1)
    #expect(table.inputs.map(\.slot) == ["data", "models"])
    #expect(table.inputs.map(\.stages) == [["digits"], ["softmax", "maxout"]])
    #expect(spec.stage(named: "nobody")?.name == nil)
    let claim = try #require(spec.claims.first)
    #expect(claim.id == "a.softmax.error")
    let cell = try #require(claim.cell)
    #expect(cell.stage.stage == "section-4" && cell.table == "attack" && cell.column == "error")
    #expect(cell.conditions.map(\.column) == ["model"] && spec.tried(for: claim.id) == nil)
    #expect(cell.conditions.map(\.value) == [.string("softmax")])
    let paper = try #require(spec.papers.first)
    #expect(paper.id == "goodfellow2015" && paper.title == "Explaining")
    #expect(paper.citation == "Somebody, 2015")
    #expect(paper.sections.map(\.title) == ["Section 4: a table"])
    #expect(paper.sections[0].show.map(\.stage) == ["section-4", "section-4"])
    #expect(paper.sections[0].show.map(\.artifact) == ["attack", nil])
    #expect(paper.notes == [Deviation("Fewer epochs", because: "Time")])
  }

  @Test func claimsAndPapersMayBeAbsent() throws {
    let text = SpecSamples.text
    let head = try #require(text.range(of: "claims:"))
    let spec = try SpecSamples.load(String(text[..<head.lowerBound]))
    #expect(spec.claims.isEmpty && spec.papers.isEmpty)
  }

  @Test func theSeedOfTheCommandLineWins() throws {
    #expect(try SpecSamples.load(seed: .max).seed == .max)
  }

  @Test(arguments: [
    ("version: 2", "version: 3", "1:10: error: the version cannot be 3"),
    ("version: 2\n", "", "1:1: error: the spec lacks ‘version’"),
    ("seed: 20141220", "seed: -1", "2:7: error: the seed cannot be -1"),
    ("seed: 20141220", "seed: 0.5", "2:7: error: the seed is a number"),
    ("seed:", "sead:", "2:1: error: unknown key ‘sead’"),
    ("default-profile: standard", "default-profile: x", "3:18: error: unknown profile ‘x’"),
    ("[demo, ", "[../demo, ", "4:12: error: the profile name ‘../demo’ is not a name"),
    ("[demo, ", "[paper, ", "4:29: error: the profile ‘paper’ is there twice"),
    ("[demo, ", "[default, ", "4:12: error: no profile can be called ‘default’"),
    ("[demo, standard, paper]", "{demo: {}}", "4:11: error: ‘profiles’ is a mapping"),
    ("  softmax:\n    kind: train", "  softmax:\n    kin: train", "17:5: error: unknown key ‘kin’"),
    ("    kind: mnist\n", "", "13:3: error: the stage ‘digits’ lacks ‘kind’"),
    ("kind: mnist", "kind: 3", "14:11: error: the kind is a whole number"),
    ("replicates: 2", "replicates: 0", "22:17: error: the number of replicates cannot be 0"),
    ("replicates: 2", "replicates: 101", "22:17: error: the number of replicates cannot be 101"),
    ("{validation: 10000}", "[1]", "15:14: error: ‘options’ is a list"),
    (
      "models: [softmax, maxout]", "models: {a: b}", "29:36: error: the input ‘models’ is a mapping"
    ),
    ("[softmax, maxout]", "[softmax, 1]", "29:46: error: the input ‘models’ is a whole number"),
    ("  softmax:\n", "  Softmax:\n", "16:3: error: the stage name ‘Softmax’ is not a name"),
    ("  softmax:\n", "  -x:\n", "16:3: error: the stage name ‘-x’ is not a name"),
    (", column: error}", "}", "32:20: error: the claim ‘a.softmax.error’ lacks ‘column’"),
    (", column:", ", colum:", "32:79: error: unknown key ‘colum’"),
    ("{model: softmax}", "{model: [1]}", "32:69: error: the value of ‘model’ is a list"),
    ("[goodfellow2015]", "[a/b]", "33:10: error: the paper's name ‘a/b’ is not a name"),
    ("[goodfellow2015]", "[nobody]", "33:10: error: there is no page papers/nobody.md"),
    ("[goodfellow2015]", "[{id: a}]", "33:10: error: an entry of ‘papers’ is a mapping"),
  ])
  func mistakesPoint(old: String, new: String, expected: String) throws {
    let error = #expect(throws: SpecError.self) {
      try SpecSamples.load(SpecSamples.text(replacing: (old, new)))
    }
    let first = try #require(error?.description.split(separator: "\n").first)
    #expect(first == "experiments.yaml:\(expected)")
  }

  @Test func anUnknownKeyInFull() throws {
    let error = #expect(throws: SpecError.self) {
      try SpecSamples.load(SpecSamples.text(replacing: ("replicates: 2", "replicate: 2")))
    }
    #expect(
      error?.description == """
        experiments.yaml:22:5: error: unknown key ‘replicate’
           22 |     replicate: 2
              |     ^~~~~~~~~
        hint: did you mean ‘replicates’?
        """)
  }

  @Test func anUnknownProfileOfTheCommandLine() {
    let error = #expect(throws: SpecError.self) { try SpecSamples.load(profile: "pape") }
    #expect(
      error?.description == """
        --profile:1:1: error: unknown profile ‘pape’
            1 | pape
              | ^~~~
        hint: did you mean ‘paper’?
        """)
  }

  @Test(arguments: ["", "[1]", "text", "- version: 2"])
  func aSpecIsAMapping(text: String) {
    #expect(throws: SpecError.self) { try SpecSamples.load(text) }
  }

  @Test func aThousandStagesInAChainAreRead() throws {
    let kinds = [
      KindInfo(name: "mnist", inputs: [], outputs: [.tensors("train")]),
      KindInfo(
        name: "train", inputs: [InputSlot("data", artifacts: ["train"])],
        outputs: [.tensors("train")]),
    ]
    var text =
      "version: 2\nseed: 1\ndefault-profile: a\nprofiles: [a]\nstages:\n  s0: {kind: mnist}\n"
    for number in 1...1000 {
      text += "  s\(number):\n    kind: train\n    inputs: {data: s\(number - 1)}\n"
    }
    let spec = try SpecSamples.load(text)
    try spec.validate(kinds: kinds)
    #expect(spec.stages.count == 1001)
    #expect(spec.stage(named: "s1000")?.inputs.first?.stages == ["s999"])
  }
}
