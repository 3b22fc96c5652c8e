/// What a C file declares and mentions, as far as other files can see.
///
/// Swift and other C files reach a definition in a `.c` file, and whatever a header under `include`
/// declares, by name. Any other header is reached only by the files that include it, and a file
/// brings every file it includes by quotes, found by its last path component. A `.c` file may define
/// an object under a name that it hands to an included template (`#define PATH_TABLE ck_table_avx2`),
/// so a definition of one name as another declares both.
struct CNames {
  /// Names that bring the file.
  private(set) var declared: Set<String>
  /// Names that the file may bring others by.
  private(set) var mentioned: Set<String>

  /// Reads the tokens of a file.
  init(_ tokens: [SourceLexer.Token], file: String) {
    let lastComponent = file.split(separator: "/").last.map(String.init) ?? file
    declared = [Self.included(lastComponent)]
    mentioned = Set(tokens.lazy.filter(\.isIdentifier).map { Self.prefix + $0.text })
    let isVisible = file.hasSuffix(".c") || file.contains("/include/")
    scan(tokens, isVisible: isVisible)
  }

  private static let prefix = "c:"

  private static func included(_ file: String) -> String { "#include " + file }

  private mutating func scan(_ tokens: [SourceLexer.Token], isVisible: Bool) {
    var (braces, brackets, isStatic, inEnumeration) = (0, 0, false, false)
    var i = 0
    while i < tokens.count {
      let text = tokens[i].text
      switch text {
      case "#":
        let end = tokens[i...].firstIndex { $0.text == "#end" } ?? tokens.count
        readDirective(tokens[(i + 1)..<end], isVisible: isVisible)
        i = end
      case "{":
        if braces == 0 { inEnumeration = opensEnumeration(tokens, i) }
        braces += 1
      case "}": braces -= 1
      case "(": brackets += 1
      case ")": brackets -= 1
      case ";" where braces == 0: isStatic = false
      case "static" where braces == 0: isStatic = true
      default: break
      }
      // A function's body ends without a semicolon.
      if text == "}" && braces == 0 && i + 1 < tokens.count && tokens[i + 1].text != ";" {
        isStatic = false
      }
      if isVisible && !isStatic && brackets == 0 && i < tokens.count && tokens[i].isIdentifier {
        declare(tokens, i, braces: braces, inEnumeration: inEnumeration)
      }
      i += 1
    }
  }

  private func opensEnumeration(_ tokens: [SourceLexer.Token], _ i: Int) -> Bool {
    tokens[max(0, i - 2)..<i].contains { $0.text == "enum" }
  }

  private mutating func declare(
    _ tokens: [SourceLexer.Token], _ i: Int, braces: Int, inEnumeration: Bool
  ) {
    let next = i + 1 < tokens.count ? tokens[i + 1].text : ""
    let isTag = i > 0 && ["struct", "union", "enum"].contains(tokens[i - 1].text)
    let isObject = braces == 0 && ["(", "=", ";", "["].contains(next)
    let isConstant = inEnumeration && braces == 1 && ["=", ",", "}"].contains(next)
    if (isTag || isObject || isConstant) && !tokens[i].text.hasPrefix("__") {
      declared.formUnion([tokens[i].text, Self.prefix + tokens[i].text])
    }
  }

  private mutating func readDirective(
    _ words: ArraySlice<SourceLexer.Token>, isVisible: Bool
  ) {
    let words = Array(words)
    guard words.count > 1 else { return }
    if words[0].text == "include", words[1].text.hasPrefix("\"") {
      let path = words[1].text.dropFirst().dropLast()
      mentioned.insert(Self.included(path.split(separator: "/").last.map(String.init) ?? ""))
    }
    if words[0].text == "define", isVisible {
      declared.formUnion([words[1].text, Self.prefix + words[1].text])
      if words.count == 3, words[2].isIdentifier {
        declared.formUnion([words[2].text, Self.prefix + words[2].text])
      }
    }
  }
}
