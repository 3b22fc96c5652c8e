import Testing

@testable import Pipeline

@Suite("Source tokens") struct SourceLexerTests {
  private func tokens(_ text: String, _ language: SourceLexer.Language = .swift) -> [String] {
    SourceLexer.tokens(of: Array(text.utf8), language).map(\.text)
  }

  @Test(arguments: [
    ("let a = 1 // one", "let a = 1"),
    ("let a = 1 /* one /* nested */ */", "let a = 1"),
    ("/// What it is.\nlet a = 1", "let a = 1"),
    ("let a = 1\n\n\n\nlet b = 2", "let a = 1\nlet b = 2"),
    ("f(\n  a,\n  b\n)", "f(a, b)"),
    ("f(\n  -a,\n  &b\n)", "f(-a, &b)"),
    ("[1, 2,]", "[1, 2]"),
    ("f(a, b,)", "f(a, b)"),
    ("a\n  .map { $0 }\n  .count", "a.map { $0 }.count"),
    ("let s = a\n  + b", "let s = a + b"),
    ("let s = x +// why\n  y", "let s = x + y"),
    ("{ x in\n  [x]\n}", "{ x in [x] }"),
    ("return\n  (a, b)", "return (a, b)"),
    ("\tlet a = 1", "    let a = 1"),
    ("let a = 1\r\nlet b = 2", "let a = 1\nlet b = 2"),
    ("f()\n/* why */ (a, b) = g()", "f()\n(a, b) = g()"),
  ])
  func `layout and comments are no tokens`(one: String, other: String) {
    #expect(tokens(one) == tokens(other))
  }

  @Test(arguments: [
    ("a - b", "a -b"),
    ("a\n(b)", "a(b)"),
    ("a\n[b]", "a[b]"),
    ("f()\n(b).c()", "f()(b).c()"),
    ("\"a b\"", "\"a  b\""),
    ("\"// no comment\"", "\"\""),
    ("\"\\(a)\"", "\"\\(b)\""),
    ("1.0", "1.00"),
    ("1e-3", "1e - 3"),
    ("#\"a\\(b)\"#", "\"a\\(b)\""),
    ("let a = 1", "let a = 2"),
    ("f(a, b)", "f(b, a)"),
  ])
  func `a change of meaning is a change of tokens`(one: String, other: String) {
    #expect(tokens(one) != tokens(other))
  }

  @Test func `names inside an interpolation are mentioned`() {
    let names = SourceLexer.tokens(
      of: Array(#"let s = "\(Wilson.low(x)) and \("y")""#.utf8), .swift
    )
    .filter(\.isIdentifier).map(\.text)
    #expect(Set(names).isSuperset(of: ["Wilson", "low", "x"]))
  }

  @Test(arguments: [
    #""grey \(count) pixels""#, ##"#"grey \#(count) pixels"#"##,
    "\"\"\"\ngrey \\(count) pixels\n\"\"\"",
  ])
  func `other words of a text are not`(text: String) {
    let names = SourceLexer.tokens(of: Array(text.utf8), .swift).filter(\.isIdentifier).map(\.text)
    #expect(names == ["count"])
  }

  @Test func `quotes inside an interpolation do not end the text`() {
    #expect(tokens(#""\(a["k"])" + b"#).suffix(2) == ["+", "b"])
    #expect(tokens(#""\(f(")"))" + b"#).suffix(2) == ["+", "b"])
  }

  @Test func `text over several lines keeps its spaces`() {
    #expect(tokens("\"\"\"\n  a\n  b\n  \"\"\"") != tokens("\"\"\"\n  a b\n  \"\"\""))
  }

  @Test(arguments: [
    ("int a; // one", "int a;"), ("int a; /* /* not nested */", "int a;"),
    ("#define A 1\nint b;", "#define A 1 // one\nint b;"),
    ("f(a,\n  b);", "f(a, b);"), ("a = b\n(c);", "a = b(c);"),
    ("#define A \\\n  1\n", "#define A 1\n"),
  ])
  func `layout and comments are no tokens in C`(one: String, other: String) {
    #expect(tokens(one, .c).filter { $0 != "\\" } == tokens(other, .c))
  }

  @Test(arguments: [
    ("#define A\nint b;", "#define A int b;"), ("'a'", "'b'"), ("'\\''", "'\"'"),
    ("#include \"a.h\"", "#include \"b.h\""),
  ])
  func `a change of meaning is a change of tokens in C`(one: String, other: String) {
    #expect(tokens(one, .c) != tokens(other, .c))
  }

  @Test func `any bytes end in tokens`() {
    var random = SplitMix(state: 7)
    let alphabet = Array("a1 .\"'\\/*#(){}[]\n`+-é".utf8)
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      #expect(SourceLexer.tokens(of: bytes, .swift).count <= bytes.count * 2)
      #expect(SourceLexer.tokens(of: bytes, .c).count <= bytes.count * 2 + 2)
    }
  }
}
