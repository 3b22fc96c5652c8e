/// Scalars on one line: plain, 'single-quoted' and "double-quoted".
extension YAMLParser {
  /// A scalar without quotation marks; inside brackets it ends at any of `,[]{}`.
  mutating func plainScalar(inFlow: Bool) throws(SpecError) -> Node {
    try checkPlainStart(inFlow: inFlow)
    let start = position
    var end = position
    scan: while !atLineEnd {
      switch here {
      case UInt8(ascii: ":"):
        let next = byte(position + 1)
        if Self.isBlank(next) || inFlow && Self.isFlowIndicator(next) { break scan }
      case UInt8(ascii: "#"):
        if Self.isWhite(bytes[position - 1]) { break scan }
      case UInt8(ascii: ","), UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "{"),
        UInt8(ascii: "}"):
        if inFlow { break scan }
      case UInt8(ascii: "\t"):
        throw tab(at: position)
      default: break
      }
      if !Self.isWhite(here) { end = position + 1 }
      position += 1
    }
    position = end
    let value: Node.Value
    do throws(CoreSchema.Unrepresentable) {
      value = try CoreSchema.value(of: bytes[start..<end])
    } catch {
      throw unrepresentable(error, from: start)
    }
    return try node(value, from: start)
  }

  private func unrepresentable(
    _ reason: CoreSchema.Unrepresentable, from start: Int
  ) -> SpecError {
    let place = place(from: start, to: position)
    let asText = "or quote it, if it is text"
    return switch reason {
    case .integerTooLarge:
      SpecError(
        place, "the whole number does not fit into 64 bits",
        hint: "give a number from \(Int.min) to \(Int.max), \(asText)")
    case .floatTooLarge:
      SpecError(place, "the number is too large", hint: "write .inf for infinity, \(asText)")
    case .floatTooSmall:
      SpecError(place, "the number is too small to be told from 0", hint: "write 0, \(asText)")
    case .tooLong:
      SpecError(
        place, "the number has more than 1000 characters", hint: "give fewer digits, \(asText)")
    }
  }

  /// Refuses what cannot begin a plain scalar, by the name of what it would begin in full YAML.
  private func checkPlainStart(inFlow: Bool) throws(SpecError) {
    let next = byte(position + 1)
    let quote = "put the value in quotation marks"
    let writeOut = "write the value out; if it is text, quote it"
    switch here {
    case UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: ":"):
      guard Self.isBlank(next) || inFlow && Self.isFlowIndicator(next) else {
        // Inside brackets parsers disagree on whether `:x` and `?x` are text.
        if inFlow, here != UInt8(ascii: "-") {
          throw error("unexpected \(quoted(hereAsText))", hint: quote)
        }
        return
      }
      if here == UInt8(ascii: "?") { throw complexKey(at: place(from: position, to: position + 1)) }
      if here == UInt8(ascii: ":") {
        throw error("a value without a key", hint: "write ‘key: value’")
      }
      throw error("a ‘-’ that begins no list here", hint: quote)
    case UInt8(ascii: "&"):
      throw error("anchors are not supported", hint: writeOut, length: wordLength)
    case UInt8(ascii: "*"):
      throw error("aliases are not supported", hint: writeOut, length: wordLength)
    case UInt8(ascii: "!"):
      throw error(
        "tags are not supported", hint: "remove it, or quote the value", length: wordLength)
    case UInt8(ascii: "@"), UInt8(ascii: "`"):
      throw error("a value cannot begin with \(quoted(hereAsText))", hint: quote)
    case UInt8(ascii: "%"), UInt8(ascii: "|"), UInt8(ascii: ">"), UInt8(ascii: "#"),
      UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
      throw error("unexpected \(quoted(hereAsText))", hint: quote)
    default: return
    }
  }

  private var hereAsText: String { String(UnicodeScalar(here)) }

  /// Text like `'it''s'`, in which only the quotation mark is special.
  mutating func singleQuoted() throws(SpecError) -> Node {
    let start = position
    var content: [UInt8] = []
    position += 1
    while true {
      try checkInsideQuotes(opening: start)
      if here == UInt8(ascii: "'") {
        guard byte(position + 1) == UInt8(ascii: "'") else { break }
        position += 1
      }
      content.append(here)
      position += 1
    }
    position += 1
    return try node(.string(String(decoding: content, as: UTF8.self)), from: start)
  }

  /// Text like `"a\tb"`, with escapes.
  mutating func doubleQuoted() throws(SpecError) -> Node {
    let start = position
    var content: [UInt8] = []
    position += 1
    while here != UInt8(ascii: "\"") {
      try checkInsideQuotes(opening: start)
      if here == UInt8(ascii: "\\") {
        content.append(contentsOf: String(Character(try escape())).utf8)
      } else {
        content.append(here)
        position += 1
      }
    }
    position += 1
    return try node(.string(String(decoding: content, as: UTF8.self)), from: start)
  }

  private func checkInsideQuotes(opening: Int) throws(SpecError) {
    guard atLineEnd else { return }
    throw error(
      "the quotation mark is not closed on its line; quoted text over several lines is not supported",
      hint: "close it, or write ‘|’ or ‘>’ after the key and the text below it", at: opening)
  }

  /// The character that a backslash sequence stands for.
  private mutating func escape() throws(SpecError) -> UnicodeScalar {
    let start = position
    let letter = byte(position + 1)
    position += 2
    switch letter {
    case UInt8(ascii: "0"): return "\0"
    case UInt8(ascii: "a"): return "\u{07}"
    case UInt8(ascii: "b"): return "\u{08}"
    case UInt8(ascii: "t"), UInt8(ascii: "\t"): return "\t"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "v"): return "\u{0B}"
    case UInt8(ascii: "f"): return "\u{0C}"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "e"): return "\u{1B}"
    case UInt8(ascii: " "), UInt8(ascii: "\""), UInt8(ascii: "/"), UInt8(ascii: "\\"):
      return UnicodeScalar(letter)
    case UInt8(ascii: "N"): return "\u{85}"
    case UInt8(ascii: "_"): return "\u{A0}"
    case UInt8(ascii: "L"): return "\u{2028}"
    case UInt8(ascii: "P"): return "\u{2029}"
    case UInt8(ascii: "x"): return try codePoint(digits: 2, from: start)
    case UInt8(ascii: "u"): return try codePoint(digits: 4, from: start)
    case UInt8(ascii: "U"): return try codePoint(digits: 8, from: start)
    default:
      position = start
      if Self.isLineEnd(letter) {
        throw error(
          "quoted text over several lines is not supported",
          hint: "write ‘|’ or ‘>’ after the key and the text below it")
      }
      throw error(
        "an unknown escape", hint: "write \\\\ for a backslash, or use '…', which has no escapes",
        length: 2)
    }
  }

  private mutating func codePoint(digits: Int, from start: Int) throws(SpecError) -> UnicodeScalar {
    var value: UInt32 = 0
    for _ in 0..<digits {
      guard let digit = Character(UnicodeScalar(here)).hexDigitValue, here < 0x80 else {
        throw error(
          "an escape with too few digits", hint: "write \(digits) hexadecimal digits", at: start,
          length: position - start)
      }
      // Eight digits are 32 bits, so nothing is lost.
      value = value << 4 | UInt32(digit)
      position += 1
    }
    guard let scalar = UnicodeScalar(value) else {
      throw error(
        "an escape that names no character",
        hint: "write characters above U+FFFF as \\U and eight digits, not as a surrogate pair",
        at: start, length: position - start)
    }
    return scalar
  }
}
