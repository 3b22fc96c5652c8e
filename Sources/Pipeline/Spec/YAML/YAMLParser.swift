/// Reads the subset of YAML 1.2 that specs are written in.
///
/// Block and flow collections, plain and quoted scalars on one line, `|` and `>` block scalars,
/// comments, and the types of the core schema. Everything else YAML has is refused by name; nothing
/// is guessed. The parser works on bytes, goes over each a bounded number of times, and recurses no
/// deeper than `maximumDepth`.
struct YAMLParser {
  /// How deep values may lie inside each other.
  static let maximumDepth = 64
  /// How many values a file may hold.
  static let maximumNodes = 1_000_000

  let source: SourceText
  let bytes: [UInt8]
  var position: Int
  /// The offset at which the line of `position` begins.
  var lineStart = 0
  private var depth = 0
  private var nodeCount = 0

  /// Reads a whole file.
  static func parse(_ source: SourceText) throws(SpecError) -> Node {
    try source.checkText()
    var parser = YAMLParser(source, from: 0)
    return try parser.document()
  }

  /// Reads one value that begins at `offset` and ends with the text, such as `[1, 2]`.
  static func parseValue(_ source: SourceText, from offset: Int) throws(SpecError) -> Node {
    try source.checkText()
    var parser = YAMLParser(source, from: offset)
    return try parser.soleValue()
  }

  private init(_ source: SourceText, from offset: Int) {
    self.source = source
    self.bytes = source.bytes
    self.position = offset
  }

  private mutating func document() throws(SpecError) -> Node {
    try skipTrivia()
    guard !atEnd else { return try node(.null, from: position) }
    let root = try blockNode(parent: -1)
    try skipTrivia()
    guard atEnd else {
      throw error(
        "this belongs to nothing above it", hint: "indent it like the lines it belongs to",
        length: wordLength)
    }
    return root
  }

  private mutating func soleValue() throws(SpecError) -> Node {
    try skipSpaces()
    guard !atLineEnd else {
      throw error("a value is missing", hint: "write null for nothing and '' for no text")
    }
    if isIndicator(UInt8(ascii: "-")) {
      throw error("a list is written in brackets here", hint: "write [a, b]")
    }
    let value = try inlineNode(parent: -1, inFlow: false)
    try skipTrivia()
    guard atEnd else {
      throw error("unexpected text after the value", hint: "put text in quotation marks")
    }
    return value
  }
}

// MARK: Values

extension YAMLParser {
  /// A value that has just been read, from `start` to the present position or to `end`.
  mutating func node(
    _ value: Node.Value, from start: Int, to end: Int? = nil
  ) throws(SpecError) -> Node {
    nodeCount += 1
    guard nodeCount <= Self.maximumNodes else {
      throw error("too many values", hint: "a spec may hold up to \(Self.maximumNodes)")
    }
    return Node(value: value, place: place(from: start, to: end ?? position))
  }

  /// Steps into a collection; every call is followed by `leave()` unless it throws.
  mutating func enter() throws(SpecError) {
    depth += 1
    guard depth <= Self.maximumDepth else {
      throw error("nested too deeply", hint: "up to \(Self.maximumDepth) levels are read")
    }
  }

  mutating func leave() { depth -= 1 }

  func place(from start: Int, to end: Int) -> Place {
    Place(source: source, offset: start, length: end - start)
  }

  /// A mistake at the present position, or at `offset`.
  func error(
    _ message: String, hint: String? = nil, at offset: Int? = nil, length: Int = 1
  ) -> SpecError {
    let start = offset ?? position
    return SpecError(place(from: start, to: start + length), message, hint: hint)
  }
}

// MARK: Looking

extension YAMLParser {
  var atEnd: Bool { position >= bytes.count }

  /// The byte at an offset; 0, which no checked text holds, past the end.
  func byte(_ offset: Int) -> UInt8 { offset < bytes.count ? bytes[offset] : 0 }

  var here: UInt8 { byte(position) }

  /// Bytes since the line began; the same as columns, because only spaces and dashes come before.
  var column: Int { position - lineStart }

  var atLineEnd: Bool { Self.isLineEnd(here) }

  static func isWhite(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  /// A line break, or the end of the text.
  static func isLineEnd(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == 0
  }

  static func isBlank(_ byte: UInt8) -> Bool { isWhite(byte) || isLineEnd(byte) }

  /// One of `,[]{}`, which end a plain scalar inside brackets.
  static func isFlowIndicator(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
      UInt8(ascii: "}"):
      true
    default: false
    }
  }

  /// Whether `-`, `?` or `:` stands here with a blank after it.
  func isIndicator(_ indicator: UInt8) -> Bool {
    here == indicator && Self.isBlank(byte(position + 1))
  }

  /// Bytes up to the next blank, at least one, for the carets of an error.
  var wordLength: Int {
    var end = position
    while !Self.isBlank(byte(end)) { end += 1 }
    return max(1, end - position)
  }
}

// MARK: Moving

extension YAMLParser {
  /// Goes over spaces, and refuses tabs.
  mutating func skipSpaces() throws(SpecError) {
    while here == UInt8(ascii: " ") { position += 1 }
    if here == UInt8(ascii: "\t") { throw tab(at: position) }
  }

  /// A tab that is neither in quotation marks nor in a comment nor in a text block.
  ///
  /// YAML allows some of these, but its parsers disagree on which, and nobody can see them.
  func tab(at offset: Int) -> SpecError {
    let isFirst = bytes[lineStart..<offset].allSatisfy { $0 == UInt8(ascii: " ") }
    return error(
      isFirst ? "a tab in the indentation" : "a tab outside quotation marks",
      hint: isFirst ? "indent with spaces" : "use spaces; inside \"…\" write \\t", at: offset)
  }

  /// Goes on to the next line.
  ///
  /// Only at a line end, and not at the end of the text.
  mutating func skipLineBreak() {
    position += here == UInt8(ascii: "\r") ? 2 : 1
    lineStart = position
  }

  /// Goes over blanks, comments and line breaks, to the next thing that means something.
  mutating func skipTrivia() throws(SpecError) {
    var startsLine = position == lineStart
    while !atEnd {
      switch here {
      case UInt8(ascii: " "):
        position += 1
      case UInt8(ascii: "\t"):
        throw tab(at: position)
      case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        skipLineBreak()
        startsLine = true
      case UInt8(ascii: "#"):
        guard position == lineStart || Self.isWhite(bytes[position - 1]) else {
          throw error(
            "a ‘#’ that touches what is before it",
            hint: "put a space before a comment, or quote the text")
        }
        while !atLineEnd { position += 1 }
      default:
        if startsLine { try checkLineStart() }
        return
      }
    }
  }

  /// Refuses lines that begin or end a document.
  private func checkLineStart() throws(SpecError) {
    guard column == 0 else { return }
    if here == UInt8(ascii: "%") {
      throw error(
        "directives are not supported",
        hint: "remove the line, or quote a value that begins with %",
        length: wordLength)
    }
    let marker = bytes[position...].prefix(3)
    guard marker.elementsEqual("---".utf8) || marker.elementsEqual("...".utf8),
      Self.isBlank(byte(position + 3))
    else { return }
    throw error(
      "document markers are not supported",
      hint: "a spec is one document, without ‘---’ and ‘...’", length: 3)
  }
}
