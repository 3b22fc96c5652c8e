import Testing

@testable import Pipeline

/// Whatever the bytes, the answer is a value or an error that can be told.
@Suite struct YAMLFuzzTests {
  private static let tokens = [
    "a", ": ", "b:", "- ", "-", " ", "\n", "\n  ", "# c", "'", "\"", "[", "]", "{", "}", ",", ":",
    "|",
    ">", "|2-\n", "? ", "&x", "*x", "!t", "1", ".5", "~", "\t", "---", "%", "\\", "\\u12", "\r\n",
    "\r",
    "é", "😀", "<<: ", "@", "0x", "1e999", "\u{FEFF}", "\0",
  ].map { Array($0.utf8) }

  /// Reads, shows, and checks that an error has a place inside the text.
  private func survives(_ bytes: [UInt8]) {
    let source = SourceText(name: "fuzz.yaml", bytes: bytes)
    do throws(SpecError) {
      let node = try YAMLParser.parse(source)
      let again = try YAMLParser.parse(SourceText(name: "json", text: node.json()))
      #expect(again.json() == node.json(), "\(bytes)")
    } catch {
      #expect((1...source.lineCount).contains(error.mark.line), "\(bytes)")
      #expect(error.description.split(separator: "\n").count >= 3, "\(bytes)")
    }
    do throws(SpecError) {
      try Spec.load(source, profile: "demo").validate(kinds: SpecSamples.kinds)
    } catch {
      #expect(!error.description.isEmpty)
    }
  }

  @Test func mutatedSpecs() {
    var generator = SplitMix(state: 1)
    let original = Array(SpecSamples.text.utf8)
    for _ in 0..<4000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let at = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0:
          bytes.insert(
            contentsOf: Self.tokens.randomElement(using: &generator) ?? [], at: at)
        case 1: bytes.removeSubrange(at..<min(bytes.count, at + 3))
        case 2 where at < bytes.count:
          bytes[at] = UInt8.random(in: 0...255, using: &generator)
        default: bytes.removeSubrange(at...)
        }
      }
      survives(bytes)
    }
  }

  @Test func everyPrefixOfASpec() {
    let bytes = Array(SpecSamples.text.utf8)
    for length in 0...bytes.count { survives(Array(bytes.prefix(length))) }
  }

  @Test func randomTokens() {
    var generator = SplitMix(state: 2)
    for _ in 0..<6000 {
      let count = Int.random(in: 1...20, using: &generator)
      survives((0..<count).flatMap { _ in Self.tokens.randomElement(using: &generator) ?? [] })
    }
  }

  @Test func randomBytes() {
    var generator = SplitMix(state: 3)
    for _ in 0..<2000 {
      let count = Int.random(in: 1...40, using: &generator)
      survives((0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) })
    }
  }

  @Test(arguments: [
    "[", "{a: ", "- ", "[{a: [", "? ", "\"", "'", "a: {", "|", ":", "&", "#", "\\", "-\t", "𝛿",
    "e\u{301}",
    "\n", "\r\n", " ", "a:\n", "9", "- a: ", ", ",
  ])
  func repetition(of piece: String) {
    survives(Array(String(repeating: piece, count: 50_000).utf8))
  }

  @Test func stairsOfIndentation() {
    var text = ""
    for depth in 0..<1000 { text += String(repeating: " ", count: depth) + "a:\n" }
    survives(Array(text.utf8))
    #expect(reading(text).contains("nested too deeply"))
  }

  @Test func depthIsBoundedExactly() {
    let allowed = YAMLParser.maximumDepth
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(reading(nested(allowed)) == nested(allowed))
    #expect(reading(nested(allowed + 1)).contains("nested too deeply"))
  }

  @Test func theNumberOfValuesIsBoundedExactly() {
    let allowed = YAMLParser.maximumNodes
    func list(_ count: Int) -> SourceText {
      SourceText(name: "t.yaml", text: "[" + String(repeating: "1,", count: count) + "]")
    }
    #expect(throws: Never.self) { try YAMLParser.parse(list(allowed - 1)) }
    #expect(reading(list(allowed)).contains("too many values"))
  }
}
