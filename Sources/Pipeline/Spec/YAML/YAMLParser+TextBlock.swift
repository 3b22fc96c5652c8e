/// Text below its key: `|` keeps the line breaks, `>` folds lines into paragraphs.
extension YAMLParser {
  private struct Header {
    var folded = false
    /// How much further in than the parent the text stands; nil lets its first line tell.
    var indentation: Int?
    /// What happens to the line breaks at the end: nil keeps one, true all, false none.
    var keepsEnd: Bool?
  }

  /// A block scalar whose `|` or `>` is here and whose text stands further in than `parent`.
  mutating func blockScalar(parent: Int) throws(SpecError) -> Node {
    let start = position
    guard parent >= 0 else {
      throw error("a text block that belongs to no key", hint: "write ‘key: |’")
    }
    let header = try blockScalarHeader()
    let headerEnd = position
    try skipRestOfHeader()
    let indent: Int
    if let more = header.indentation {
      indent = parent + more
    } else {
      indent = try detectIndentation(above: parent)
    }
    let text = try blockScalarText(header, indent: indent)
    return try node(.string(text), from: start, to: headerEnd)
  }

  private mutating func blockScalarHeader() throws(SpecError) -> Header {
    var header = Header(folded: here == UInt8(ascii: ">"))
    position += 1
    while !Self.isBlank(here) {
      switch here {
      case UInt8(ascii: "-") where header.keepsEnd == nil: header.keepsEnd = false
      case UInt8(ascii: "+") where header.keepsEnd == nil: header.keepsEnd = true
      case UInt8(ascii: "1")...UInt8(ascii: "9") where header.indentation == nil:
        header.indentation = Int(here - UInt8(ascii: "0"))
      default:
        throw error(
          "unexpected text after ‘\(header.folded ? ">" : "|")’",
          hint: "put the text on the next line; only -, + and one digit from 1 to 9 may follow",
          length: wordLength)
      }
      position += 1
    }
    return header
  }

  private mutating func skipRestOfHeader() throws(SpecError) {
    try skipSpaces()
    if here == UInt8(ascii: "#") {
      while !atLineEnd { position += 1 }
    }
    guard atLineEnd else {
      throw error(
        "unexpected text after the head of a text block", hint: "put the text on the next line",
        length: wordLength)
    }
    if !atEnd { skipLineBreak() }
  }

  /// The indentation of the first line with text; one more than `parent` where there is none.
  private func detectIndentation(above parent: Int) throws(SpecError) -> Int {
    var look = position
    var widest: (indent: Int, offset: Int) = (0, position)
    while look < bytes.count {
      let start = look
      while byte(look) == UInt8(ascii: " ") { look += 1 }
      let indent = look - start
      if !Self.isLineEnd(byte(look)) {
        if indent <= parent { break }
        // YAML allows fewer spaces than the text has, but its parsers disagree on how many.
        guard widest.indent == 0 || widest.indent == indent else {
          throw error(
            "an empty line with other spaces than the text below it",
            hint: "remove the spaces of the empty line", at: widest.offset, length: widest.indent)
        }
        return indent
      }
      if indent > widest.indent { widest = (indent, start) }
      if look < bytes.count { look += bytes[look] == UInt8(ascii: "\r") ? 2 : 1 }
    }
    return max(parent + 1, widest.indent)
  }

  private mutating func blockScalarText(_ header: Header, indent: Int) throws(SpecError) -> String {
    var text: [UInt8] = []
    var pendingBreaks = 0
    var previous: (isSpaced: Bool, hasBreak: Bool)?
    while !atEnd {
      var spaces = position
      while byte(spaces) == UInt8(ascii: " "), spaces - position < indent { spaces += 1 }
      let isContent = spaces - position == indent && !Self.isLineEnd(byte(spaces))
      guard isContent || Self.isLineEnd(byte(spaces)) else {
        if byte(spaces) == UInt8(ascii: "\t") {
          throw tab(at: spaces)
        }
        break
      }
      var end = spaces
      while !Self.isLineEnd(byte(end)) { end += 1 }
      let hasBreak = end < bytes.count
      if isContent {
        let isSpaced = Self.isWhite(byte(spaces))
        if let previous {
          let folds = header.folded && !previous.isSpaced && !isSpaced
          if !folds {
            text.append(UInt8(ascii: "\n"))
          } else if pendingBreaks == 0 {
            text.append(UInt8(ascii: " "))
          }
        }
        text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: pendingBreaks))
        text.append(contentsOf: bytes[spaces..<end])
        pendingBreaks = 0
        previous = (isSpaced, hasBreak)
      } else if hasBreak {
        pendingBreaks += 1
      }
      position = end
      if hasBreak { skipLineBreak() }
    }
    if let previous, previous.hasBreak, header.keepsEnd != false {
      text.append(UInt8(ascii: "\n"))
    }
    if header.keepsEnd == true {
      text.append(contentsOf: repeatElement(UInt8(ascii: "\n"), count: pendingBreaks))
    }
    return String(decoding: text, as: UTF8.self)
  }
}
