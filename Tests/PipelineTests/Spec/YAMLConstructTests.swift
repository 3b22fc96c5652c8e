import Testing

@testable import Pipeline

@Suite struct YAMLConstructTests {
  @Test(arguments: [
    ("", "null"),
    ("# only a comment", "null"),
    ("a: 1\nb: two words\n", #"{"a": 1,"b": "two words"}"#),
    ("a:\n  b:\n    c: 1\n  d: 2\n", #"{"a": {"b": {"c": 1},"d": 2}}"#),
    ("a:\nb: ~\nc: null", #"{"a": null,"b": null,"c": null}"#),
    ("'a b': 1\n\"c\\td\": 2\n", #"{"a b": 1,"c\td": 2}"#),
    ("z: 1\na: 2\n", #"{"z": 1,"a": 2}"#),
  ])
  func blockMappings(text: String, expected: String) { #expect(reading(text) == expected) }

  @Test(arguments: [
    ("- 1\n- a\n", #"[1,"a"]"#),
    ("-\n- ", "[null,null]"),
    ("a:\n- 1\n- 2\nb: 3\n", #"{"a": [1,2],"b": 3}"#),
    ("a:\n  - 1\n  - 2\nb: 3\n", #"{"a": [1,2],"b": 3}"#),
    ("- - 1\n  - 2\n- - 3\n", "[[1,2],[3]]"),
    ("- a: 1\n  b: 2\n- c: 3\n", #"[{"a": 1,"b": 2},{"c": 3}]"#),
    ("-   a: 1\n    b: 2\n", #"[{"a": 1,"b": 2}]"#),
    ("- a:\n  - 1\n  b: 2\n", #"[{"a": [1],"b": 2}]"#),
    ("-\n  a: 1\n", #"[{"a": 1}]"#),
  ])
  func blockSequences(text: String, expected: String) { #expect(reading(text) == expected) }

  @Test(arguments: [
    ("[]", "[]"), ("{}", "{}"), ("[ ]", "[]"), ("a: {}", #"{"a": {}}"#),
    ("[1, [2, 3], {a: 4}]", #"[1,[2,3],{"a": 4}]"#),
    ("{a: 1, b: [2], c: {d: 3},}", #"{"a": 1,"b": [2],"c": {"d": 3}}"#),
    ("[1,]", "[1]"),
    ("{a: , b: }", #"{"a": null,"b": null}"#),
    (#"{"a":1,"b": "c"}"#, #"{"a": 1,"b": "c"}"#),
    ("a: [1, # one\n  2,\n\n  3\n  ]\nb: 1\n", #"{"a": [1,2,3],"b": 1}"#),
    ("[a b, c:d, -1, e-f, x#y]", #"["a b","c:d",-1,"e-f","x#y"]"#),
    (#"["a,b", 'c]']"#, #"["a,b","c]"]"#),
  ])
  func flowCollections(text: String, expected: String) { #expect(reading(text) == expected) }

  @Test(arguments: [
    ("a: b, c", #"{"a": "b, c"}"#), ("a: b#c", #"{"a": "b#c"}"#), ("a: b # c", #"{"a": "b"}"#),
    ("a: http://x:80/", #"{"a": "http://x:80/"}"#), ("a: -b", #"{"a": "-b"}"#),
    ("a: b [c] {d}", #"{"a": "b [c] {d}"}"#), ("a: :b ?c", #"{"a": ":b ?c"}"#),
    ("a: it's", #"{"a": "it's"}"#), ("a: b  ", #"{"a": "b"}"#), ("a@1: é 数", #"{"a@1": "é 数"}"#),
    ("a: 'it''s \"x\" \\n'", #"{"a": "it's \"x\" \\n"}"#), ("a: '' # c", #"{"a": ""}"#),
  ])
  func plainAndSingleQuoted(text: String, expected: String) { #expect(reading(text) == expected) }

  @Test(arguments: [
    (#"\0"#, "\0"), (#"\a"#, "\u{7}"), (#"\b"#, "\u{8}"), (#"\t"#, "\t"), ("\\\t", "\t"),
    (#"\n"#, "\n"), (#"\v"#, "\u{B}"), (#"\f"#, "\u{C}"), (#"\r"#, "\r"), (#"\e"#, "\u{1B}"),
    (#"\ "#, " "), (#"\""#, "\""), (#"\/"#, "/"), (#"\\"#, "\\"), (#"\N"#, "\u{85}"),
    (#"\_"#, "\u{A0}"), (#"\L"#, "\u{2028}"), (#"\P"#, "\u{2029}"), (#"\x41"#, "A"),
    (#"\u00e9"#, "é"), (#"\U0001F600"#, "😀"), (#"a\x0ab"#, "a\nb"), ("a\tb#: ", "a\tb#: "),
  ])
  func doubleQuotedEscapes(escape: String, expected: String) throws {
    let node = try YAMLParser.parse(SourceText(name: "t.yaml", text: "a: \"\(escape)\""))
    let value = try #require(node["a"])
    #expect(try value.text("it") == expected)
  }

  @Test(arguments: [
    ("a: |\n  x\n    y\n\n  z\nb: 1", #"{"a": "x\n  y\n\nz\n","b": 1}"#),
    ("a: |-\n  x\n\n", #"{"a": "x"}"#),
    ("a: |+\n  x\n\n\nb: 1\n", #"{"a": "x\n\n\n","b": 1}"#),
    ("a: |\n  x\n\n\n", #"{"a": "x\n"}"#),
    ("a: |\n  x", #"{"a": "x"}"#),
    ("a: |2\n    x\n   y\n", #"{"a": "  x\n y\n"}"#),
    ("a: |-1 # note\n  x\n", #"{"a": " x"}"#),
    ("a: |\n\n  x\n", #"{"a": "\nx\n"}"#),
    ("a: |\nb: 1", #"{"a": "","b": 1}"#),
    ("a: |+\n\n", #"{"a": "\n"}"#),
    ("- |\n x # no comment\n- y\n", ##"["x # no comment\n","y"]"##),
    ("a: |\n  # text\n# comment\nb: 1", ##"{"a": "# text\n","b": 1}"##),
    ("a: |\r\n  x\r\n  y\r\n", #"{"a": "x\ny\n"}"#),
    ("a: >\n  x\n  y\n\n  z\n", #"{"a": "x y\nz\n"}"#),
    ("a: >-\n  x\n\n\n  y\n", #"{"a": "x\n\ny"}"#),
    ("a: >\n  x\n   - y\n   - z\n  w\n", #"{"a": "x\n - y\n - z\nw\n"}"#),
    ("a: >\n\n  x\n  y\n", #"{"a": "\nx y\n"}"#),
    ("a: |\n  \tx\n", #"{"a": "\tx\n"}"#),
  ])
  func textBlocks(text: String, expected: String) { #expect(reading(text) == expected) }

  @Test(arguments: [
    ("# top\n\na: 1 # one\n  # inside\n\n# end", #"{"a": 1}"#),
    ("a: # note\n  b: 1\n", #"{"a": {"b": 1}}"#),
    ("- # note\n  1\n", "[1]"),
    ("   # indented\na: 1\n   \n", #"{"a": 1}"#),
    ("# a\ttab\na: 1 #\ttab\n", #"{"a": 1}"#),
  ])
  func comments(text: String, expected: String) { #expect(reading(text) == expected) }
}
