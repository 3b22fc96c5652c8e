/// Values on one line, and collections in brackets and braces.
extension YAMLParser {
  /// A scalar or a bracketed collection.
  ///
  /// Lines inside brackets stand further in than `parent`.
  mutating func inlineNode(parent: Int, inFlow: Bool) throws(SpecError) -> Node {
    switch here {
    case UInt8(ascii: "\""): try doubleQuoted()
    case UInt8(ascii: "'"): try singleQuoted()
    case UInt8(ascii: "["): try flowSequence(parent: parent)
    case UInt8(ascii: "{"): try flowMapping(parent: parent)
    default: try plainScalar(inFlow: inFlow)
    }
  }

  private mutating func flowSequence(parent: Int) throws(SpecError) -> Node {
    try enter()
    let start = position
    position += 1
    var items: [Node] = []
    while true {
      try skipFlowTrivia(parent: parent, opening: start)
      if here == UInt8(ascii: "]") { break }
      if isIndicator(UInt8(ascii: "-")) {
        throw error("a ‘- ’ inside brackets", hint: "write [a, b]")
      }
      items.append(try flowEntry(parent: parent))
      let isPlain = isPlain(items[items.count - 1])
      let line = lineStart
      try skipFlowTrivia(parent: parent, opening: start)
      if here == UInt8(ascii: ":") {
        throw error(
          "a key and a value inside brackets", hint: "write [{key: value}], or quote the text")
      }
      try endOfEntry(closing: UInt8(ascii: "]"), continues: isPlain && lineStart != line)
    }
    position += 1
    leave()
    return try node(.sequence(items), from: start)
  }

  private mutating func flowMapping(parent: Int) throws(SpecError) -> Node {
    try enter()
    let start = position
    position += 1
    var mapping = Mapping()
    while true {
      try skipFlowTrivia(parent: parent, opening: start)
      if here == UInt8(ascii: "}") { break }
      if here == UInt8(ascii: ":"),
        Self.isBlank(byte(position + 1)) || Self.isFlowIndicator(byte(position + 1))
      {
        throw error("a value without a key", hint: "write {key: value}")
      }
      let key = try flowEntry(parent: parent)
      let isPlain = isPlain(key)
      try skipSpaces()
      guard here == UInt8(ascii: ":") else { throw missingColon(after: key) }
      let name = try keyName(key, plain: isPlain, among: mapping)
      position += 1
      if isPlain, Self.isFlowIndicator(here) {
        throw error("a colon without a space after it", hint: "write ‘: ’, and null for nothing")
      }
      let value = try flowMappingValue(parent: parent, opening: start)
      mapping.append(Mapping.Entry(key: name, keyPlace: key.place, value: value))
    }
    position += 1
    leave()
    return try node(.mapping(mapping), from: start)
  }

  /// What stands after the colon inside braces, with the comma after it.
  private mutating func flowMappingValue(parent: Int, opening: Int) throws(SpecError) -> Node {
    let afterColon = position
    try skipFlowTrivia(parent: parent, opening: opening)
    if here == UInt8(ascii: ",") || here == UInt8(ascii: "}") {
      try endOfEntry(closing: UInt8(ascii: "}"), continues: false)
      return try node(.null, from: afterColon, to: afterColon)
    }
    let value = try flowEntry(parent: parent)
    let isPlain = isPlain(value)
    let line = lineStart
    try skipFlowTrivia(parent: parent, opening: opening)
    try endOfEntry(closing: UInt8(ascii: "}"), continues: isPlain && lineStart != line)
    return value
  }

  private func isPlain(_ entry: Node) -> Bool {
    let first = bytes[entry.place.offset]
    return !isQuote(first) && !Self.isFlowIndicator(first)
  }

  private mutating func flowEntry(parent: Int) throws(SpecError) -> Node {
    if here == UInt8(ascii: ",") {
      throw error("a comma without a value before it", hint: "remove the comma, or write null")
    }
    if here == UInt8(ascii: "|") || here == UInt8(ascii: ">") {
      throw error(
        "text blocks are not possible inside brackets", hint: "write the text in quotation marks")
    }
    return try inlineNode(parent: parent, inFlow: true)
  }

  /// After an entry comes a comma, which is eaten, or the closing bracket, which is not.
  private mutating func endOfEntry(closing: UInt8, continues: Bool) throws(SpecError) {
    if here == UInt8(ascii: ",") {
      position += 1
    } else if here != closing {
      let bracket = String(UnicodeScalar(closing))
      if continues {
        throw error(
          "an unquoted value that goes on over several lines is not supported",
          hint: "put a comma between values, or quote the text on one line", length: wordLength)
      }
      throw error(
        "unexpected text inside the brackets",
        hint: "put ‘,’ between values and ‘\(bracket)’ at the end")
    }
  }

  /// To the next thing inside brackets; new lines must stand further in than column `parent`.
  private mutating func skipFlowTrivia(parent: Int, opening: Int) throws(SpecError) {
    let line = lineStart
    try skipTrivia()
    guard !atEnd else {
      let closing = bytes[opening] == UInt8(ascii: "[") ? "]" : "}"
      throw error("this bracket is never closed", hint: "put ‘\(closing)’ at its end", at: opening)
    }
    guard lineStart == line || column > parent else {
      throw error(
        "this line is inside brackets, but indented by only \(column)",
        hint: "indent it by \(parent + 1) or more, or close the bracket before it",
        length: wordLength)
    }
  }
}
