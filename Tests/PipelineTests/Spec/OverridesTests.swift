import Contract
import Testing

@testable import Pipeline

@Suite struct OverridesTests {
  @Test func theCommandLineWinsAndTheLastOneOverAll() throws {
    let spec = try SpecSamples.load(
      set: [
        ("maxout.options.epochs", "1"), ("maxout.options.epochs", "2"),
        ("digits.options.validation", "7"), ("section-4.inputs.models", "[maxout]"),
        ("softmax.options", "{epochs: 3, note: 'a, b'}"),
        ("maxout.schedule.1.rate", "1e-3"),
        ("softmax.kind", "plain text, with a comma"),
      ])
    #expect(spec.stage(named: "maxout")?.options["epochs"] == .int(2))
    #expect(
      spec.stage(named: "maxout")?.options["schedule"]
        == .list([.double(0.1), .map(["after": .int(10), "rate": .double(0.001)])]))
    #expect(spec.stage(named: "digits")?.options == ["validation": .int(7)])
    #expect(spec.stage(named: "section-4")?.inputs.last?.stages == ["maxout"])
    #expect(spec.stage(named: "softmax")?.options == ["epochs": .int(3), "note": .string("a, b")])
    #expect(spec.stage(named: "softmax")?.kind == "plain text, with a comma")
  }

  @Test func aReplacedValueIsMarkedWhereItWasWritten() throws {
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

  @Test func anOptionOfARecipeIsReplacedForTheStageAlone() throws {
    let text = SpecSamples.text(
      replacing: ("{epochs: 20, learning-rate: 0.1}", "{}\n    like: slow"))
    let spec = try SpecSamples.load(text, set: [("softmax.options.learning-rate", "0.5")])
    #expect(spec.stage(named: "softmax")?.options == ["learning-rate": .double(0.5)])
  }

  @Test func aNameWithAPointIsOneWordOfThePath() throws {
    let text = SpecSamples.text(
      replacing: ("{epochs: 20, learning-rate: 0.1}", "{}\n    each: {learning-rate: [0.1, 0.25]}"))
    let spec = try SpecSamples.load(
      text.replacing("[softmax, maxout]", with: "[maxout]"),
      set: [("softmax-0.25.options.learning-rate", "3")])
    #expect(spec.stage(named: "softmax-0.25")?.options == ["learning-rate": .int(3)])
    #expect(spec.stage(named: "softmax-0.1")?.options == ["learning-rate": .double(0.1)])
  }
}
