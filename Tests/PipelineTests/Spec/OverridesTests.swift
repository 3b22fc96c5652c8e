import Contract
import Testing

@testable import Pipeline

@Suite struct OverridesTests {
  @Test func aProfileReplacesValuesWhole() throws {
    let spec = try SpecSamples.load(profile: "demo")
    #expect(spec.profile == "demo")
    let digits = try #require(spec.stage(named: "digits"))
    #expect(digits.kind == "synthetic-digits")
    #expect(digits.options == ["train": .int(6000), "test": .int(1000)])
    #expect(spec.stage(named: "maxout")?.options["epochs"] == .int(12))
    #expect(spec.stage(named: "softmax")?.options["epochs"] == .int(20))
    #expect(spec.stages.map(\.name) == ["digits", "softmax", "maxout", "section-4"])
  }

  @Test func theCommandLineWinsOverTheProfileAndTheLastOneOverAll() throws {
    let spec = try SpecSamples.load(
      profile: "demo",
      set: [
        ("maxout.options.epochs", "1"), ("maxout.options.epochs", "2"),
        ("digits.options.train", "7"), ("section-4.inputs.models", "[maxout]"),
        ("softmax.options", "{epochs: 3, note: 'a, b'}"),
        ("maxout.options.schedule.1.rate", "1e-3"),
        ("softmax.kind", "plain text, with a comma"),
      ])
    #expect(spec.stage(named: "maxout")?.options["epochs"] == .int(2))
    #expect(
      spec.stage(named: "maxout")?.options["schedule"]
        == .list([.double(0.1), .map(["after": .int(10), "rate": .double(0.001)])]))
    #expect(spec.stage(named: "digits")?.options == ["train": .int(7), "test": .int(1000)])
    #expect(spec.stage(named: "section-4")?.inputs.last?.stages == ["maxout"])
    #expect(spec.stage(named: "softmax")?.options == ["epochs": .int(3), "note": .string("a, b")])
    #expect(spec.stage(named: "softmax")?.kind == "plain text, with a comma")
  }

  @Test func aReplacedValueIsMarkedWhereItWasWritten() throws {
    let demo = try SpecSamples.load(profile: "demo")
    #expect(demo.stage(named: "digits")?.kindMark == Mark(line: 6, column: 18))
    let set = try SpecSamples.load(set: [("digits.kind", "mnst")])
    let error = #expect(throws: SpecError.self) { try set.validate(kinds: SpecSamples.kinds) }
    #expect(
      error?.description == """
        --set digits.kind=…:1:13: error: unknown kind ‘mnst’
            1 | digits.kind=mnst
              |             ^~~~
        hint: did you mean ‘mnist’?
        """)
  }

  @Test func aMissingOptionOfAReplacedMappingIsToldAtTheReplacement() throws {
    let demo = try SpecSamples.load(profile: "demo")
    let error = OptionError(path: [], message: "the option ‘seed’ is missing", hint: "give one")
    #expect(
      demo.stage(named: "digits")?.specError(for: error).description == """
        experiments.yaml:7:5: error: the option ‘seed’ is missing
            7 |     digits.options: {train: 6000, test: 1000}
              |     ^~~~~~~~~~~~~~
        hint: give one
        """)
  }

  @Test(arguments: [
    ("nobody.kind", "1", "1:1: error: no stage is called ‘nobody’"),
    ("", "1", "1:1: error: no stage is called ‘’"),
    ("seed", "1", "1:1: error: no stage is called ‘seed’"),
    ("maxout.option", "1", "1:1: error: ‘maxout’ has no ‘option’"),
    ("maxout.options.epoch", "1", "1:1: error: ‘maxout.options’ has no ‘epoch’"),
    ("maxout.options.epochs.x", "1", "1:1: error: ‘maxout.options.epochs’ has no ‘x’"),
    ("maxout.options.schedule.2", "1", "1:1: error: ‘maxout.options.schedule’ has no ‘2’"),
    ("digits.kind", "", "1:13: error: a value is missing"),
    ("digits.kind", "[1", "1:13: error: this bracket is never closed"),
    ("digits.kind", "*x", "1:13: error: aliases are not supported"),
    ("digits.kind", "- x", "1:13: error: a list is written in brackets here"),
    ("digits.kind", "a: b", "1:14: error: unexpected text after the value"),
    ("digits.kind", "a\nb", "2:1: error: unexpected text after the value"),
    ("digits.kind", "|", "1:13: error: unexpected ‘|’"),
    ("digits.options", "7", "1:16: error: ‘options’ is a whole number"),
  ])
  func mistakesInAnArgument(path: String, value: String, expected: String) throws {
    let error = #expect(throws: SpecError.self) { try SpecSamples.load(set: [(path, value)]) }
    let first = try #require(error?.description.split(separator: "\n").first)
    #expect(first == "--set \(path)=…:\(expected)")
  }

  @Test(arguments: ["standard", "demo"])
  func pathsOfEveryProfileMustExistWhicheverIsInForce(profile: String) {
    let text = SpecSamples.text(replacing: ("maxout.replicates: 3", "maxout.replicate: 3"))
    let error = #expect(throws: SpecError.self) { try SpecSamples.load(text, profile: profile) }
    #expect(
      error?.description == """
        experiments.yaml:11:5: error: ‘maxout’ has no ‘replicate’
           11 |     maxout.replicate: 3
              |     ^~~~~~~~~~~~~~~~
        hint: did you mean ‘replicates’?
        """)
  }

  @Test func aProfileMayReplaceWhatItReplacedBefore() throws {
    let text = SpecSamples.text(
      replacing: ("  standard: {}", "    digits.options.train: 5\n  standard: {}"))
    let spec = try SpecSamples.load(text, profile: "demo")
    #expect(spec.stage(named: "digits")?.options["train"] == .int(5))
  }
}
