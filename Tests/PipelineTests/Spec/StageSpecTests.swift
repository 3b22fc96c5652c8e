import Contract
import Testing

@testable import Pipeline

/// An option's mistake is told where the option stands.
@Suite struct StageSpecTests {
  private func place(
    of path: [String], _ message: String = "wrong", in stage: String = "maxout", text: String? = nil
  ) throws -> String {
    let spec = try SpecSamples.load(text ?? SpecSamples.text)
    let error = try #require(spec.stage(named: stage)).specError(
      for: OptionError(path: path, message: message, hint: "hint"))
    return "\(error.mark.line):\(error.mark.column)+\(error.place.length)"
  }

  @Test func aWrongValueIsMarkedItself() throws {
    #expect(try place(of: ["epochs"]) == "25:15+2")
    #expect(try place(of: ["schedule", "0"]) == "26:18+3")
    #expect(try place(of: ["schedule", "1", "rate"]) == "26:41+4")
  }

  @Test func anUnknownOptionIsMarkedAtItsName() throws {
    #expect(try place(of: ["epochs"], "unknown option ‘epochs’") == "25:7+6")
  }

  @Test func aMissingOptionIsMarkedAtTheOptions() throws {
    #expect(try place(of: []) == "24:5+7")
  }

  @Test func aMissingOptionOfAStageWithoutOptionsIsMarkedAtItsKind() throws {
    let text = SpecSamples.text(replacing: ("    options: {epsilon: 0.25}\n", ""))
    #expect(try place(of: [], in: "section-4", text: text) == "28:11+5")
  }

  @Test func aPathThatLeavesTheFileStopsAtTheLastPlaceInIt() throws {
    #expect(try place(of: ["schedule", "9"]) == "26:17+30")
    #expect(try place(of: ["epochs", "deeper"]) == "25:15+2")
    #expect(try place(of: ["nothing"]) == "24:5+7")
  }

  @Test func theErrorOfAReaderInFull() throws {
    let spec = try SpecSamples.load(
      SpecSamples.text(replacing: ("{validation: 10000}", "{validaton: 10000}")))
    let stage = try #require(spec.stage(named: "digits"))
    var reader = OptionReader(stage.options)
    let error = #expect(throws: OptionError.self) {
      _ = try reader.int("validation", in: 0...30000)
    }
    #expect(
      error.map { stage.specError(for: $0).description } == """
        experiments.yaml:15:15: error: unknown option ‘validaton’
           15 |     options: {validaton: 10000}
              |               ^~~~~~~~~
        hint: did you mean ‘validation’?
        """)
  }
}
