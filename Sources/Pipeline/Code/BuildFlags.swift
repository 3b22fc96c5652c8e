/// What a package manifest says about how sources are compiled: the same source gives other numbers
/// under other flags.
///
/// Everything that mentions settings counts: declarations such as `let fast: [SwiftSetting] = …`, and
/// in the package itself each target's own settings with its name. What merely lists targets does not,
/// so that another paper, library or test leaves the flags as they are.
enum BuildFlags {
  /// The tokens that count, in order.
  static func tokens(of manifest: [SourceLexer.Token]) -> [SourceLexer.Token] {
    statements(manifest).flatMap { statement in
      if statement.dropFirst().first?.text == "package" { return settings(in: statement) }
      return statement.contains { isAboutSettings($0.text) } ? Array(statement) : []
    }
  }

  private static func isAboutSettings(_ word: String) -> Bool {
    word.hasSuffix("Setting") || word.hasSuffix("Settings") || word == "swiftLanguageModes"
  }

  /// The statements of the file; each begins with one of these words outside all brackets.
  private static func statements(
    _ tokens: [SourceLexer.Token]
  ) -> [ArraySlice<SourceLexer.Token>] {
    var (starts, depth): ([Int], Int) = ([], 0)
    for (i, token) in tokens.enumerated() {
      depth += step(token)
      if depth == 0, ["import", "let", "var", "func", "extension"].contains(token.text) {
        starts.append(i)
      }
    }
    return zip(starts, starts.dropFirst() + [tokens.count]).map { tokens[$0..<$1] }
  }

  /// How a token opens or closes a bracket; one that starts a line carries a mark.
  private static func step(_ token: SourceLexer.Token) -> Int {
    switch token.text.last {
    case "(", "[", "{": token.isBracket ? 1 : 0
    case ")", "]", "}": token.isBracket ? -1 : 0
    default: 0
    }
  }

  /// Every argument about settings with the name of the target that it is given to; not of tests.
  private static func settings(in package: ArraySlice<SourceLexer.Token>) -> [SourceLexer.Token] {
    var found: [SourceLexer.Token] = []
    var calls: [(word: String, name: SourceLexer.Token?)] = []
    var taken: Int?
    for i in package.indices {
      let token = package[i]
      let change = step(token)
      if change > 0 { calls.append((i > package.startIndex ? package[i - 1].text : "", nil)) }
      let isNameless = !calls.isEmpty && calls[calls.count - 1].name == nil
      if isNameless && token.text.hasPrefix("\"") { calls[calls.count - 1].name = token }
      if let depth = taken, calls.count == depth, token.text == "," || change < 0 { taken = nil }
      if taken == nil, isAboutSettings(token.text), calls.last?.word != "testTarget" {
        taken = calls.count
        found += [calls.last?.name].compactMap { $0 }
      }
      if taken != nil { found.append(token) }
      if change < 0 { _ = calls.popLast() }
    }
    return found
  }
}

extension SourceLexer.Token {
  /// Whether it is a bracket, marked or not.
  fileprivate var isBracket: Bool { text.count == 1 || text.count == 2 && text.first == "⏎" }
}
