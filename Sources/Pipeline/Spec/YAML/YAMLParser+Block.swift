/// Collections that are written by indentation.
extension YAMLParser {
  /// A value that begins here, further in than column `parent`, first on its line or after `- `.
  mutating func blockNode(parent: Int) throws(SpecError) -> Node {
    let column = self.column
    if isIndicator(UInt8(ascii: "-")) { return try blockSequence(column: column) }
    if here == UInt8(ascii: "|") || here == UInt8(ascii: ">") {
      return try blockScalar(parent: parent)
    }
    let start = position
    let first = try inlineNode(parent: parent, inFlow: false)
    let end = position
    try skipSpaces()
    if isIndicator(UInt8(ascii: ":")) {
      return try blockMapping(column: column, firstKey: first, plain: !isQuote(byte(start)))
    }
    position = end
    try finishLine(after: first, from: start, parent: parent)
    return first
  }

  /// `key: value` lines that begin in `column`; the first key has been read, its colon comes next.
  private mutating func blockMapping(
    column: Int, firstKey: Node, plain: Bool
  ) throws(SpecError) -> Node {
    try enter()
    var mapping = Mapping()
    var (key, plain) = (firstKey, plain)
    while true {
      let name = try keyName(key, plain: plain, among: mapping)
      position += 1
      let value = try entryValue(parent: column)
      mapping.append(Mapping.Entry(key: name, keyPlace: key.place, value: value))
      try skipTrivia()
      if atEnd || self.column < column { break }
      try checkIndentation(column)
      if isIndicator(UInt8(ascii: "-")) {
        throw error(
          "a list entry among the keys of a mapping", hint: "indent the list under its key")
      }
      let start = position
      key = try inlineNode(parent: column, inFlow: false)
      plain = !isQuote(byte(start))
      try skipSpaces()
      guard isIndicator(UInt8(ascii: ":")) else { throw missingColon(after: key) }
    }
    leave()
    return try node(
      .mapping(mapping), from: firstKey.place.offset,
      to: firstKey.place.offset + firstKey.place.length)
  }

  /// What stands after the colon of a key in column `parent`, on its line or below it.
  private mutating func entryValue(parent: Int) throws(SpecError) -> Node {
    let afterColon = position
    try skipSpaces()
    if atLineEnd || here == UInt8(ascii: "#") {
      try skipTrivia()
      if !atEnd {
        if column > parent { return try blockNode(parent: parent) }
        // The one place where YAML lets a child stand no further in than its parent.
        if column == parent, isIndicator(UInt8(ascii: "-")) {
          return try blockSequence(column: column)
        }
      }
      return try node(.null, from: afterColon, to: afterColon)
    }
    if isIndicator(UInt8(ascii: "-")) {
      throw error(
        "a list cannot begin on the line of its key",
        hint: "put ‘- ’ on the next line, or write [a, b]")
    }
    if here == UInt8(ascii: "|") || here == UInt8(ascii: ">") {
      return try blockScalar(parent: parent)
    }
    let start = position
    let value = try inlineNode(parent: parent, inFlow: false)
    try finishLine(after: value, from: start, parent: parent)
    return value
  }

  /// `- value` lines that begin in `column`; the first dash is here.
  private mutating func blockSequence(column: Int) throws(SpecError) -> Node {
    try enter()
    let start = position
    var items: [Node] = []
    while true {
      position += 1
      let afterDash = position
      try skipSpaces()
      if atLineEnd || here == UInt8(ascii: "#") {
        try skipTrivia()
        let isBelow = !atEnd && self.column > column
        items.append(
          isBelow
            ? try blockNode(parent: column) : try node(.null, from: afterDash, to: afterDash))
      } else {
        items.append(try blockNode(parent: column))
      }
      try skipTrivia()
      if atEnd || self.column < column { break }
      try checkIndentation(column)
      // A key in the same column goes on with the mapping whose value this list is.
      guard isIndicator(UInt8(ascii: "-")) else { break }
    }
    leave()
    return try node(.sequence(items), from: start, to: start + 1)
  }

  private func checkIndentation(_ column: Int) throws(SpecError) {
    guard self.column > column else { return }
    throw misplaced(indent: self.column, expected: column, at: position, length: wordLength)
  }

  private func misplaced(indent: Int, expected: Int, at offset: Int, length: Int) -> SpecError {
    error(
      "this line is indented by \(indent), which fits nothing above it",
      hint: "indent it by \(expected), like the lines it belongs to", at: offset, length: length)
  }

  /// After a value on one line, nothing may follow but a comment.
  private func finishLine(after value: Node, from start: Int, parent: Int) throws(SpecError) {
    var look = position
    while byte(look) == UInt8(ascii: " ") { look += 1 }
    if byte(look) == UInt8(ascii: "\t") { throw tab(at: look) }
    if byte(look) == UInt8(ascii: "#"), look > position { return }
    guard Self.isLineEnd(byte(look)) else {
      if byte(look) == UInt8(ascii: ":"), Self.isBlank(byte(look + 1)) {
        throw error(
          "a second ‘: ’ on one line", hint: "quote text with a colon, or write {key: value}",
          at: look)
      }
      throw error(
        "unexpected text after the value", hint: "quote the whole value, or put it on its own line",
        at: look)
    }
    if !isQuote(byte(start)), !Self.isFlowIndicator(byte(start)) {
      try refuseContinuation(from: look, parent: parent)
    }
  }

  /// A plain scalar would go on over the next lines that are further in; here it may not.
  private func refuseContinuation(from lineEnd: Int, parent: Int) throws(SpecError) {
    var look = lineEnd
    while look < bytes.count {
      look += bytes[look] == UInt8(ascii: "\r") ? 2 : 1
      let start = look
      while byte(look) == UInt8(ascii: " ") { look += 1 }
      let indent = look - start
      if Self.isLineEnd(byte(look)), look < bytes.count { continue }
      // A tab is refused by whoever reads that line, and a comment ends the value.
      if look >= bytes.count || byte(look) == UInt8(ascii: "\t") || byte(look) == UInt8(ascii: "#")
        || indent <= parent
      {
        return
      }
      var end = look
      while !Self.isBlank(byte(end)) { end += 1 }
      let looksLikeEntry =
        byte(end - 1) == UInt8(ascii: ":") || end == look + 1 && byte(look) == UInt8(ascii: "-")
      if looksLikeEntry, parent >= 0 {
        throw misplaced(indent: indent, expected: parent, at: look, length: end - look)
      }
      throw error(
        "an unquoted value that goes on over several lines is not supported",
        hint: "write ‘|’ or ‘>’ after the key and the text below it", at: look, length: end - look)
    }
  }

  /// The text of a key, which must be new.
  func keyName(_ key: Node, plain: Bool, among mapping: Mapping) throws(SpecError) -> String {
    switch key.value {
    case .string(let name):
      if plain, name == "<<" {
        throw SpecError(
          key.place, "merge keys are not supported",
          hint: "write the values out, or let the stage be ‘like’ a recipe")
      }
      if let earlier = mapping[name] {
        throw SpecError(
          key.place, "the key \(quoted(name)) is there twice",
          hint: "it was first given in line \(earlier.keyPlace.mark.line)")
      }
      return name
    case .sequence, .mapping: throw complexKey(at: key.place)
    default:
      let word = String(
        decoding: bytes[key.place.offset..<key.place.offset + key.place.length], as: UTF8.self)
      throw SpecError(
        key.place, "a key must be text, not \(key.kindName)",
        hint: "write '\(visible(String(word.prefix(60))))' in quotation marks")
    }
  }

  func isQuote(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") }

  func complexKey(at place: Place) -> SpecError {
    SpecError(place, "complex keys are not supported", hint: "a key is a word: ‘key: value’")
  }

  /// A line of a mapping, or an entry in braces, without `: `.
  func missingColon(after key: Node) -> SpecError {
    if case .string(let text) = key.value, let colon = text.firstIndex(of: ":") {
      let name = visible(String(text[..<colon].prefix(30)))
      return SpecError(
        key.place, "a key without a value", hint: "put a space after the colon: ‘\(name): …’")
    }
    return SpecError(key.place, "a key without a value", hint: "write ‘key: value’")
  }
}
