import Contract

/// One source file as the fingerprint sees it: what it says, what it declares, what it mentions.
struct SourceFile: Sendable {
  /// Members that a file adds to a type declared elsewhere.
  struct Extension: Sendable {
    /// The path to the type that is extended: `Table.Cell` is two names.
    let type: [String]
    /// What its conformance list names.
    let protocols: Set<String>
    /// The members it adds.
    var members: Set<String>
    /// Whether it adds something that is used without being named: an initialiser, a subscript or
    /// an operator.
    var addsUnnamed: Bool
  }

  /// The path below `Sources`.
  let name: String
  /// SHA-256 of its tokens; of the manifest, of those about flags.
  let digest: String
  /// Types, functions and values that other files can name.
  private(set) var declared: Set<String> = []
  /// Extensions of types, wherever those are declared.
  private(set) var extensions: [Extension] = []
  /// Every identifier in it.
  ///
  /// Names in C carry a prefix, as C never reaches back into Swift.
  private(set) var mentioned: Set<String>

  /// Reads a file's tokens.
  init(name: String, bytes: [UInt8]) {
    self.name = name
    let isSwift = name.hasSuffix(".swift")
    let all = SourceLexer.tokens(of: bytes, isSwift ? .swift : .c)
    let tokens = name == CodeIndex.manifest ? BuildFlags.tokens(of: all) : all
    var joined: [UInt8] = []
    joined.reserveCapacity(bytes.count)
    for token in tokens {
      joined.append(contentsOf: token.text.utf8)
      joined.append(0)
    }
    digest = SHA256.hex(of: joined)
    mentioned = Set(tokens.lazy.filter(\.isIdentifier).map(\.text))
    if isSwift {
      scan(tokens)
    } else {
      let names = CNames(tokens, file: name)
      declared = names.declared
      mentioned = names.mentioned
    }
  }

  private static let typeWords: Set = ["struct", "class", "enum", "actor", "protocol", "typealias"]
  private static let memberWords: Set = ["func", "let", "var", "case"]
  private static let modifiers: Set = [
    "public", "internal", "package", "private", "fileprivate", "final", "static", "indirect",
    "mutating", "nonmutating", "override", "lazy", "nonisolated", "open", "convenience",
  ]

  private mutating func scan(_ tokens: [SourceLexer.Token]) {
    var depth = 0
    var inExtension = false
    for (i, token) in tokens.enumerated() {
      switch token.text {
      case "{": depth += 1
      case "}":
        depth -= 1
        if depth == 0 { inExtension = false }
      case "extension" where depth == 0:
        extensions.append(header(tokens, after: i))
        inExtension = true
      case let word where depth == 0 && isDeclaration(word) && !isPrivate(tokens, before: i):
        note(tokens, after: i) { declared.insert($0) }
      case let word
      where depth == 1 && inExtension && isDeclaration(word) && !isPrivate(tokens, before: i):
        let last = extensions.count - 1
        note(tokens, after: i) {
          extensions[last].members.insert($0)
        } unnamed: {
          extensions[last].addsUnnamed = true
        }
      case "init", "subscript":
        if depth == 1 && inExtension { extensions[extensions.count - 1].addsUnnamed = true }
      default: break
      }
    }
  }

  private func isDeclaration(_ word: String) -> Bool {
    Self.typeWords.contains(word) || Self.memberWords.contains(word)
  }

  private func note(
    _ tokens: [SourceLexer.Token], after i: Int, _ name: (String) -> Void,
    unnamed: () -> Void = {}
  ) {
    guard i + 1 < tokens.count else { return }
    if tokens[i + 1].isIdentifier { name(tokens[i + 1].text) } else { unnamed() }
  }

  private func isPrivate(_ tokens: [SourceLexer.Token], before i: Int) -> Bool {
    var i = i - 1
    while i >= 0, Self.modifiers.contains(tokens[i].text) || tokens[i].text.hasPrefix("@") {
      if tokens[i].text == "private" || tokens[i].text == "fileprivate" { return true }
      i -= 1
    }
    return false
  }

  private func header(_ tokens: [SourceLexer.Token], after i: Int) -> Extension {
    let head = tokens[(i + 1)...].prefix { $0.text != "{" && $0.text != "where" }
    let parts = head.split(maxSplits: 1, omittingEmptySubsequences: false) { $0.text == ":" }
    let names = parts.map { $0.filter(\.isIdentifier).map(\.text) }
    return Extension(
      type: names.first ?? [], protocols: Set(names.dropFirst().joined()), members: [],
      addsUnnamed: false)
  }
}
