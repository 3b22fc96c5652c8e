import Testing

@testable import Pipeline

@Suite struct NodeJSONTests {
  private func json(_ text: String) throws -> String {
    try YAMLParser.parse(SourceText(name: "t.yaml", text: text)).json()
  }

  @Test func keysKeepTheirOrderAndLevelsAreIndented() throws {
    #expect(
      try json("z: [1, {b: 2, a: []}]\na: {}\n") == """
        {
          "z": [
            1,
            {
              "b": 2,
              "a": []
            }
          ],
          "a": {}
        }
        """)
  }

  @Test func numbersAreTheShortestThatReadBackTheSame() throws {
    let text = try json("[0.1, 1e-5, 20.0, 1e300, -0.0, 0.30000000000000004, 9007199254740993]")
    #expect(
      text.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }.joined(separator: " ")
        == "[ 0.1, 1e-05, 20.0, 1e+300, -0.0, 0.30000000000000004, 9007199254740993 ]")
  }

  @Test func textIsEscapedByTheRulesOfJSON() throws {
    #expect(
      try json(#""\0\a\b\t\n\r\e\"\\\x7f\N/é""#)
        == #""\u0000\u0007\u0008\t\n\r\u001b\"\\\u007f\u0085/é""#)
  }

  @Test func whatWasWrittenReadsBackTheSame() throws {
    let once = try json(SpecSamples.text)
    #expect(try json(once) == once)
  }
}
