import Testing

@testable import Pipeline

@Suite("JSON") struct JSONTests {
  static let forms: [(JSON, String)] = [
    (.null, "null"), (true, "true"), (-7, "-7"), (.double(1), "1.0"), (.double(-0.0), "-0.0"),
    (.double(0.1), "0.1"), (.double(1e300), "1e+300"), (.double(.leastNonzeroMagnitude), "5e-324"),
    (.int(.min), "-9223372036854775808"), ([], "[]"), ([:], "{}"),
    ("a\"\\\n\r\t\u{1}é€😀/", #""a\"\\\n\r\t\u0001é€😀/""#),
    (["b": [1, "x"], "a": .null], #"{"b":[1,"x"],"a":null}"#),
  ]

  @Test("a value is written in one form", arguments: forms)
  func form(value: JSON, text: String) throws {
    #expect(value.text() == text)
    #expect(try JSON.parse(text) == value)
    #expect(try JSON.parse(value.text(pretty: true)) == value)
  }

  @Test("pretty text is indented by two spaces and ends with a newline")
  func pretty() {
    let value: JSON = ["a": [1, [:]], "b": []]
    #expect(value.text(pretty: true) == "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}\n")
  }

  @Test(
    "escapes are read",
    arguments: [
      (#""\b\f\/\u00e9""#, "\u{8}\u{C}/é"), (#""\ud83d\ude00""#, "😀"), (#""\u0000""#, "\u{0}"),
    ])
  func escapes(text: String, meaning: String) throws {
    #expect(try JSON.parse(text) == .string(meaning))
  }

  @Test(
    "what is not JSON is refused with its place",
    arguments: [
      ("", 1, "end of the text"), ("[1,]", 4, "‘]’"), ("[1 2]", 4, "‘2’"), ("{\"a\" 1}", 6, "‘1’"),
      ("{\"a\":1,}", 8, "‘}’"), ("{a:1}", 2, "name in quotes"), ("01", 2, "cannot begin with 0"),
      ("1.", 3, "digit"), ("+1", 1, "value"), ("-", 2, "digit"), ("1e", 3, "digit"),
      ("1e999", 1, "range"), ("9223372036854775808", 1, "64 bits"), ("nul", 1, "‘null’"),
      ("NaN", 1, "value"), ("1 1", 3, "after the end"), ("\"a", 1, "no end"),
      ("\"\u{1}\"", 2, "escaped"), (#""\x""#, 3, "follow"), (#""\ud800""#, 4, "surrogate"),
      (#""\ud800\u0041""#, 4, "surrogate"), (#""\udc00""#, 4, "surrogate"),
      (#""\u12g4""#, 6, "hexadecimal"),
      (#"{"a":1,"a":2}"#, 8, "twice"), ("'a'", 1, "value"), ("[1]]", 4, "after the end"),
    ])
  func refused(text: String, column: Int, words: String) {
    #expect { try JSON.parse(text) } throws: { error in
      guard let error = error as? JSONError else { return false }
      return error.line == 1 && error.column == column && error.message.contains(words)
    }
  }

  @Test(
    "an object of any size keeps its order and refuses a name that it has",
    arguments: [2, 16, 17, 40])
  func names(count: Int) throws {
    let members = (0..<count).map { ("n\($0)\n", JSON.int($0)) }
    let text = JSON.object(members).text()
    #expect(try JSON.parse(text) == .object(members))
    for again in [0, count / 2, count - 1] {
      let doubled = JSON.object(members + [members[again]]).text()
      #expect(throws: JSONError.self) { try JSON.parse(doubled) }
    }
  }

  @Test("a string is read whole, wherever its escapes stand")
  func escapes() throws {
    for text in ["", "a", "\\n", "a\\n", "\\na", "ü\\n\\tü", "a\\u00fcb\\\"c", "\\\\\\\\"] {
      let plain = text.replacing("\\u00fc", with: "ü").replacing("\\n", with: "\n")
        .replacing("\\t", with: "\t").replacing("\\\"", with: "\"").replacing("\\\\", with: "\\")
      #expect(try JSON.parse("[\"\(text)\", 1]") == .array([.string(plain), .int(1)]))
    }
  }

  @Test("the line of a mistake is counted")
  func line() {
    #expect(throws: JSONError(line: 3, column: 3, message: "‘}’ where a value was expected")) {
      try JSON.parse("{\n\"a\":\n  }")
    }
  }

  @Test("depth is bounded, so that hostile nesting cannot exhaust the stack")
  func depth() throws {
    let nested = { (levels: Int) in
      String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
    }
    _ = try JSON.parse(nested(64))
    #expect(throws: JSONError.self) { try JSON.parse(nested(65)) }
    #expect(throws: JSONError.self) { try JSON.parse(String(repeating: "[", count: 1_000_000)) }
  }

  @Test("invalid UTF-8 is refused", arguments: [[0xFF], [0xC3], [0xED, 0xA0, 0x80]] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    #expect(throws: JSONError.self) { try JSON.parse([0x22] + bytes + [0x22]) }
  }

  @Test("every double reads back to its bits")
  func doubles() throws {
    var random = SplitMix(state: 11)
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let back = try JSON.parse(JSON.double(value).text())
      #expect(back.double?.bitPattern == value.bitPattern)
    }
  }
}
