import Testing

@testable import Pipeline

@Suite struct SpecErrorTests {
  private func rendering(_ text: String, of word: String, hint: String? = nil) throws -> String {
    let source = SourceText(name: "experiments.yaml", text: text)
    let range = try #require(text.range(of: word))
    let offset = text.utf8.distance(from: text.startIndex, to: range.lowerBound)
    let place = Place(source: source, offset: offset, length: word.utf8.count)
    return SpecError(place, "a mistake", hint: hint).description
  }

  @Test func theShapeOfAnError() throws {
    let text = String(repeating: "#\n", count: 11) + "      epoch: 60\n"
    #expect(
      try rendering(text, of: "epoch", hint: "did you mean ‘epochs’?") == """
        experiments.yaml:12:7: error: a mistake
           12 |       epoch: 60
              |       ^~~~~
        hint: did you mean ‘epochs’?
        """)
  }

  @Test func tabsAndWideCharactersKeepTheCaretBelowItsWord() throws {
    #expect(
      try rendering("\té数: word", of: "word") == """
        experiments.yaml:1:6: error: a mistake
            1 | \té数: word
              | \t     ^~~~
        """)
  }

  @Test func aPlaceEndsWithItsLine() throws {
    #expect(
      try rendering("a: [1,\r\n2]", of: "[1,\r\n2]") == """
        experiments.yaml:1:4: error: a mistake
            1 | a: [1,
              |    ^~~
        """)
  }

  @Test func whatIsMissingAtTheEndHasACaretToo() {
    let source = SourceText(name: "t.yaml", text: "a: 1\n")
    let error = SpecError(Place(source: source, offset: 5, length: 0), "nothing")
    #expect(error.description == "t.yaml:2:1: error: nothing\n    2 | \n      | ^")
  }

  @Test func longLinesAreCutAroundTheCaret() throws {
    let filler = String(repeating: "abcdefgh ", count: 2000)
    let lines = try rendering(filler + "HERE" + filler, of: "HERE").split(separator: "\n")
    #expect(lines[0] == "experiments.yaml:1:18001: error: a mistake")
    #expect(lines[1].hasPrefix("    1 | …") && lines[1].hasSuffix("…"))
    #expect(lines[1].count <= 100)
    let caret = try #require(lines[2].firstIndex(of: "^"))
    let column = lines[2].distance(from: lines[2].startIndex, to: caret)
    #expect(lines[1].dropFirst(column).hasPrefix("HERE"))
    #expect(lines[2].hasSuffix("^~~~"))
  }

  @Test func aLongWordIsCut() throws {
    let word = String(repeating: "é", count: 10_000)
    let lines = try rendering("a: \(word)", of: word).split(separator: "\n")
    #expect(lines[1].count <= 100 && lines[2].count <= 100)
    #expect(quoted(word) == "‘\(String(repeating: "é", count: 60))…’")
  }

  @Test func controlCharactersNeverReachTheTerminal() throws {
    let text = try rendering("a\u{1B}[31m: b", of: "b")
    #expect(!text.contains("\u{1B}"))
    #expect(quoted("a\u{1B}\nb") == "‘a\u{FFFD}\u{FFFD}b’")
  }
}
