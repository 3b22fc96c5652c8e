/// Cuts Swift and C into the tokens that carry meaning, so that a comment, a blank line or another
/// line break leaves their sequence as it is.
///
/// Space is not always without meaning in Swift: `a - b` and `a -b` differ, and a `(` that starts a
/// line starts a statement. Such tokens carry a mark, so that a change of meaning is never missed.
struct SourceLexer {
  /// What the tokens are cut from.
  enum Language { case swift, c }

  /// One token: its text, and whether it names something.
  struct Token: Equatable {
    let text: String
    let isIdentifier: Bool
  }

  private let bytes: [UInt8]
  private let language: Language
  private var position = 0
  private var startsLine = true
  private var tokens: [Token] = []

  /// The tokens of a source text.
  static func tokens(of bytes: [UInt8], _ language: Language) -> [Token] {
    var lexer = SourceLexer(bytes: bytes, language: language)
    lexer.run()
    return lexer.withoutTrailingCommas()
  }

  private init(bytes: [UInt8], language: Language) {
    self.bytes = bytes
    self.language = language
  }

  private func byte(_ offset: Int = 0) -> UInt8 {
    let index = position + offset
    return index >= 0 && index < bytes.count ? bytes[index] : 0
  }

  private mutating func run() {
    while position < bytes.count {
      let start = position
      switch byte() {
      case Ascii.newline:
        position += 1
        startsLine = true
        continue
      case Ascii.space, Ascii.tab, Ascii.carriageReturn:
        position += 1
        continue
      // A comment is space: what follows it still starts the line.
      case Ascii.slash where byte(1) == Ascii.slash:
        skipLine()
        continue
      case Ascii.slash where byte(1) == Ascii.star:
        skipBlockComment()
        continue
      case Ascii.hash where language == .c && startsLine: readDirective()
      case Ascii.quote: readString(hashes: 0)
      case Ascii.apostrophe where language == .c: readCharacter()
      case Ascii.hash where language == .swift && opensRawString: readRawString()
      case let first where Ascii.isIdentifierStart(first) || first == Ascii.backtick: readName()
      case let first where Ascii.isDigit(first): readNumber()
      case let first where Ascii.isOperator(first): readOperator()
      default:
        position += 1
        append(start, marked: startsLine && continuesWhenJoined(bytes[start]))
      }
      startsLine = false
    }
  }

  private mutating func append(_ start: Int, identifier: Bool = false, marked: Bool = false) {
    // An escape may be cut by the end of the file.
    position = min(position, bytes.count)
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    tokens.append(Token(text: marked ? "⏎" + text : text, isIdentifier: identifier))
  }

  /// Words after which a statement goes on, so that a line may break there.
  private static let openWords: Set = [
    "in", "return", "else", "try", "await", "throw", "case", "where", "let", "var", "if", "guard",
    "while", "for", "switch", "as", "is",
  ]

  /// A bracket at the start of a line begins a statement if what stands before it could end one.
  private func continuesWhenJoined(_ bracket: UInt8) -> Bool {
    guard language == .swift, bracket == Ascii.openParenthesis || bracket == Ascii.openBracket,
      let last = tokens.last
    else { return false }
    if last.isIdentifier { return !Self.openWords.contains(last.text) }
    return [")", "]", "}"].contains(last.text) || last.text.utf8.first.map(Ascii.isDigit) == true
      || last.text.utf8.last == Ascii.quote
  }

  private mutating func skipLine() {
    while position < bytes.count && byte() != Ascii.newline { position += 1 }
  }

  private mutating func skipBlockComment() {
    var depth = 0
    repeat {
      if byte() == Ascii.slash && byte(1) == Ascii.star && (depth == 0 || language == .swift) {
        depth += 1
        position += 2
      } else if byte() == Ascii.star && byte(1) == Ascii.slash {
        depth -= 1
        position += 2
      } else {
        if byte() == Ascii.newline { startsLine = true }
        position += 1
      }
    } while depth > 0 && position < bytes.count
  }

  /// A C directive ends with its line, so its end is a token.
  private mutating func readDirective() {
    let start = position
    var end = position
    while end < bytes.count, bytes[end] != Ascii.newline || bytes[end - 1] == Ascii.backslash {
      end += 1
    }
    let inner = SourceLexer.tokens(of: Array(bytes[(start + 1)..<end]), .c)
    tokens.append(Token(text: "#", isIdentifier: false))
    tokens += inner
    tokens.append(Token(text: "#end", isIdentifier: false))
    position = end
  }

  private mutating func readName() {
    let start = position
    position += 1
    while Ascii.isIdentifierPart(byte()) || byte() == Ascii.backtick { position += 1 }
    append(start, identifier: true)
  }

  private mutating func readNumber() {
    let start = position
    while Ascii.isIdentifierPart(byte())
      || (byte() == Ascii.dot && Ascii.isDigit(byte(1)))
      || (byte() == Ascii.minus || byte() == Ascii.plus) && isExponent(byte(-1), start: start)
    {
      position += 1
    }
    append(start)
  }

  private func isExponent(_ letter: UInt8, start: Int) -> Bool {
    let isHexadecimal = start + 1 < bytes.count && bytes[start + 1] | 0x20 == UInt8(ascii: "x")
    return letter | 0x20 == (isHexadecimal ? UInt8(ascii: "p") : UInt8(ascii: "e"))
  }

  private mutating func readOperator() {
    let start = position
    while Ascii.isOperator(byte()),
      !(byte() == Ascii.slash && (byte(1) == Ascii.slash || byte(1) == Ascii.star))
    {
      position += 1
    }
    // A lone dot is a member's, wherever a formatter breaks the chain.
    let isDot = position - start == 1 && bytes[start] == Ascii.dot
    append(start, marked: language == .swift && !isDot && isFree(before: start) && !isFreeAhead)
  }

  /// Whether the language sees space before that place: brackets, commas and comments count.
  private func isFree(before start: Int) -> Bool {
    guard start > 0 else { return true }
    let endsComment = start > 1 && bytes[start - 1] == Ascii.slash && bytes[start - 2] == Ascii.star
    return endsComment || Ascii.isSpace(bytes[start - 1])
      || [UInt8]("([{,;:".utf8).contains(bytes[start - 1])
  }

  /// Whether the language sees space at the present place.
  private var isFreeAhead: Bool {
    let startsComment = byte() == Ascii.slash && (byte(1) == Ascii.slash || byte(1) == Ascii.star)
    return position >= bytes.count || startsComment || Ascii.isSpace(byte())
      || [UInt8](")]},;:".utf8).contains(byte())
  }

  private var opensRawString: Bool {
    var ahead = 0
    while byte(ahead) == Ascii.hash { ahead += 1 }
    return byte(ahead) == Ascii.quote
  }

  private mutating func readRawString() {
    var hashes = 0
    while byte(hashes) == Ascii.hash { hashes += 1 }
    readString(hashes: hashes)
  }

  /// A string is one token; what its interpolations name becomes identifiers of their own.
  private mutating func readString(hashes: Int) {
    let start = position
    var interpolations: [Range<Int>] = []
    skipString(hashes: hashes, &interpolations)
    append(start)
    for range in interpolations { addNames(in: bytes[range]) }
  }

  private mutating func skipString(hashes: Int, _ interpolations: inout [Range<Int>]) {
    position += hashes
    let isBlock = byte(1) == Ascii.quote && byte(2) == Ascii.quote && language == .swift
    let quotes = isBlock ? 3 : 1
    position += quotes
    while position < bytes.count {
      if opensInterpolation(hashes: hashes) {
        position += hashes + 2
        skipInterpolation(&interpolations)
      } else if byte() == Ascii.backslash && hashes == 0 {
        position += 2
      } else if closes(quotes: quotes, hashes: hashes) {
        position += quotes + hashes
        return
      } else {
        position += 1
      }
    }
  }

  private func opensInterpolation(hashes: Int) -> Bool {
    language == .swift && byte() == Ascii.backslash
      && (0..<hashes).allSatisfy { byte(1 + $0) == Ascii.hash }
      && byte(1 + hashes) == Ascii.openParenthesis
  }

  private mutating func skipInterpolation(_ interpolations: inout [Range<Int>]) {
    let start = min(position, bytes.count)
    var depth = 1
    while depth > 0 && position < bytes.count {
      switch byte() {
      case Ascii.quote: skipString(hashes: 0, &interpolations)
      case Ascii.openParenthesis:
        depth += 1
        position += 1
      case Ascii.closeParenthesis:
        depth -= 1
        position += 1
      default: position += 1
      }
    }
    interpolations.append(start..<min(position, bytes.count))
  }

  private func closes(quotes: Int, hashes: Int) -> Bool {
    (0..<quotes).allSatisfy { byte($0) == Ascii.quote }
      && (0..<hashes).allSatisfy { byte(quotes + $0) == Ascii.hash }
  }

  private mutating func addNames(in code: ArraySlice<UInt8>) {
    for word in code.split(whereSeparator: { !Ascii.isIdentifierPart($0) })
    where word.first.map(Ascii.isIdentifierStart) == true {
      tokens.append(Token(text: String(decoding: word, as: UTF8.self), isIdentifier: true))
    }
  }

  private mutating func readCharacter() {
    let start = position
    position += 1
    while position < bytes.count && byte() != Ascii.apostrophe {
      position += byte() == Ascii.backslash ? 2 : 1
    }
    position += 1
    append(start)
  }

  /// A formatter may add a comma after the last element; it means nothing.
  private func withoutTrailingCommas() -> [Token] {
    guard language == .swift else { return tokens }
    return tokens.indices.filter { i in
      tokens[i].text != ","
        || (i + 1 < tokens.count && ![")", "]"].contains(tokens[i + 1].text))
    }.map { tokens[$0] }
  }
}
