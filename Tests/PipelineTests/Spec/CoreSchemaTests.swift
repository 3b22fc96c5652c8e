import Testing

@testable import Pipeline

@Suite struct CoreSchemaTests {
  private func json(_ word: String) throws -> String {
    Node(
      value: try CoreSchema.value(of: ArraySlice(word.utf8)),
      place: Place(source: SourceText(name: "t", text: word), offset: 0, length: 0)
    ).json()
  }

  @Test(arguments: ["", "~", "null", "Null", "NULL"])
  func nothing(word: String) throws { #expect(try json(word) == "null") }

  @Test(arguments: [
    ("true", "true"), ("True", "true"), ("TRUE", "true"), ("false", "false"), ("False", "false"),
    ("FALSE", "false"),
  ])
  func booleans(word: String, expected: String) throws { #expect(try json(word) == expected) }

  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("+12", "12"), ("-12", "-12"), ("012", "12"), ("-007", "-7"),
    ("0o17", "15"), ("0x1F", "31"), ("0xff", "255"), ("9223372036854775807", "9223372036854775807"),
    ("-9223372036854775808", "-9223372036854775808"), ("0x7FFFFFFFFFFFFFFF", "9223372036854775807"),
    ("000000000000000000000000000001", "1"),
  ])
  func integers(word: String, expected: String) throws { #expect(try json(word) == expected) }

  @Test(arguments: [
    ("0.1", "0.1"), (".5", "0.5"), ("-.5", "-0.5"), ("1.", "1.0"), ("1e3", "1000.0"),
    ("1E+3", "1000.0"), ("12e-1", "1.2"), ("1.e2", "100.0"), ("+1.5", "1.5"), ("-0.0", "-0.0"),
    ("012.50", "12.5"), ("1e-5", "1e-05"), ("5e-324", "5e-324"), ("0e99999", "0.0"),
    ("1.7976931348623157e308", "1.7976931348623157e+308"), (".inf", "\".inf\""),
    ("+.Inf", "\".inf\""), ("-.INF", "\"-.inf\""), (".nan", "\".nan\""), (".NaN", "\".nan\""),
    ("0.1000000000000000055511151231257827", "0.1"),
  ])
  func floats(word: String, expected: String) throws { #expect(try json(word) == expected) }

  @Test(arguments: [
    "yes", "no", "on", "off", "y", "tRUE", "nULL", "NaN", "inf", "+.nan", ".iNF", "1_000", "1:30",
    "0b1", "0o8", "0o", "0x", "0xG", "-0x1F", "+0o7", "1e", "1e+", ".", "-", "+", "-.", ".e1", "e5",
    "1.2.3", "1 2", "--1", "0X1F", "2026-11-21", "1,5", "١",
  ])
  func everythingElseIsText(word: String) throws { #expect(try json(word) == "\"\(word)\"") }

  @Test(arguments: [
    ("9223372036854775808", CoreSchema.Unrepresentable.integerTooLarge),
    ("-9223372036854775809", .integerTooLarge), ("0xFFFFFFFFFFFFFFFF", .integerTooLarge),
    ("0o7777777777777777777777", .integerTooLarge), ("1e309", .floatTooLarge),
    ("-1e999999999999999999999", .floatTooLarge), ("1e-400", .floatTooSmall),
    ("1e-99999999999999999999", .floatTooSmall),
    ("0." + String(repeating: "1", count: 1000), .tooLong),
  ])
  func unrepresentable(word: String, reason: CoreSchema.Unrepresentable) {
    #expect(throws: reason) { try CoreSchema.value(of: ArraySlice(word.utf8)) }
  }
}
