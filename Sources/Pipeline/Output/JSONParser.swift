/// Why a text is not JSON, and where.
struct JSONError: Error, Hashable, CustomStringConvertible {
  /// The line, counted from 1.
  let line: Int
  /// The byte in the line, counted from 1.
  let column: Int
  /// What was found and what was expected.
  let message: String

  var description: String { "line \(line), column \(column): \(message)" }
}

extension JSON {
  /// Reads exactly one value, strictly by RFC 8259: no comments, no trailing commas, no duplicate
  /// names, no invalid UTF-8, no whole number beyond 64 bits, nothing deeper than `depth` levels.
  static func parse(_ bytes: [UInt8], depth: Int = 64) throws(JSONError) -> JSON {
    var parser = JSONParser(bytes: bytes)
    let value = try parser.value(depth: depth)
    parser.skipSpace()
    guard parser.position == bytes.count else {
      throw parser.error("\(parser.found) after the end of the value")
    }
    return value
  }

  /// Reads a value from a string.
  static func parse(_ text: String) throws(JSONError) -> JSON { try parse(Array(text.utf8)) }
}

/// A cursor over the bytes; it looks one byte ahead and never goes back.
private struct JSONParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  var found: String {
    guard let byte = next else { return "the end of the text" }
    return (0x21...0x7E).contains(byte)
      ? "‘\(Character(UnicodeScalar(byte)))’" : "the byte 0x\(String(byte, radix: 16))"
  }

  func error(_ message: String, at place: Int? = nil) -> JSONError {
    let before = bytes[..<min(place ?? position, bytes.count)]
    let line = before.count { $0 == UInt8(ascii: "\n") } + 1
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    return JSONError(line: line, column: before.count - lineStart + 1, message: message)
  }

  mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  mutating func value(depth: Int) throws(JSONError) -> JSON {
    skipSpace()
    guard depth > 0 else { throw error("the value is nested too deeply") }
    guard let byte = next else { throw error("\(found) where a value was expected") }
    switch byte {
    case UInt8(ascii: "{"): return .object(try members(depth: depth))
    case UInt8(ascii: "["): return .array(try elements(depth: depth))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number()
    default: throw error("\(found) where a value was expected")
    }
  }

  private mutating func word(_ text: String, _ value: JSON) throws(JSONError) -> JSON {
    guard bytes[position...].starts(with: text.utf8) else {
      throw error("\(found) begins no value; expected ‘\(text)’")
    }
    position += text.utf8.count
    return value
  }

  private mutating func elements(depth: Int) throws(JSONError) -> [JSON] {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return elements }
    while true {
      elements.append(try value(depth: depth - 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return elements }
      guard take(UInt8(ascii: ",")) else { throw error("\(found) where ‘,’ or ‘]’ was expected") }
    }
  }

  private static let few = 16

  private mutating func members(depth: Int) throws(JSONError) -> [(String, JSON)] {
    position += 1
    var members: [(String, JSON)] = []
    // Most objects have a few names, which are compared faster than hashed.
    var names: Set<String>?
    skipSpace()
    if take(UInt8(ascii: "}")) { return members }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else {
        throw error("\(found) where a name in quotes was expected")
      }
      let start = position
      let name = try string()
      if members.count == Self.few { names = Set(members.map(\.0)) }
      let isNew = names?.insert(name).inserted ?? !members.contains { $0.0 == name }
      guard isNew else { throw error("the name ‘\(name)’ stands here twice", at: start) }
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw error("\(found) where ‘:’ was expected") }
      members.append((name, try value(depth: depth - 1)))
      skipSpace()
      if take(UInt8(ascii: "}")) { return members }
      guard take(UInt8(ascii: ",")) else { throw error("\(found) where ‘,’ or ‘}’ was expected") }
    }
  }

  private mutating func digits() throws(JSONError) {
    guard let byte = next, isDigit(byte) else { throw error("\(found) where a digit was expected") }
    while let byte = next, isDigit(byte) { position += 1 }
  }

  private func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private mutating func number() throws(JSONError) -> JSON {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if take(UInt8(ascii: "0")) {
      if let byte = next, isDigit(byte) { throw error("a number cannot begin with 0") }
    } else {
      try digits()
    }
    var isWhole = true
    if take(UInt8(ascii: ".")) {
      isWhole = false
      try digits()
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      isWhole = false
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole {
      guard let value = Int(text) else { throw error("‘\(text)’ does not fit 64 bits", at: start) }
      return .int(value)
    }
    guard let value = Double(text), value.isFinite else {
      throw error("‘\(text)’ is beyond the range of numbers", at: start)
    }
    return .double(value)
  }

  private mutating func string() throws(JSONError) -> String {
    let start = position
    position += 1
    // What stands before the run of bytes that is being read; a text without escapes is one run.
    var content: [UInt8] = []
    var run = position
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        let last = bytes[run..<position]
        position += 1
        let text =
          content.isEmpty
          ? String(validating: last, as: UTF8.self)
          : String(validating: content + last, as: UTF8.self)
        guard let text else { throw error("the string is not valid UTF-8", at: start) }
        return text
      case UInt8(ascii: "\\"):
        content.append(contentsOf: bytes[run..<position])
        position += 1
        content.append(contentsOf: String(try escaped()).utf8)
        run = position
      case 0..<0x20: throw error("\(found) must be escaped in a string")
      default: position += 1
      }
    }
    throw error("the string has no end", at: start)
  }

  private mutating func escaped() throws(JSONError) -> UnicodeScalar {
    guard let byte = next else { throw error("\(found) after ‘\\’") }
    switch byte {
    case UInt8(ascii: "u"):
      position += 1
      return try unicodeEscape()
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
      position += 1
      return UnicodeScalar(byte)
    default:
      let meanings: [UInt8: UnicodeScalar] = [
        UInt8(ascii: "b"): "\u{8}", UInt8(ascii: "f"): "\u{C}", UInt8(ascii: "n"): "\n",
        UInt8(ascii: "r"): "\r", UInt8(ascii: "t"): "\t",
      ]
      guard let meaning = meanings[byte] else { throw error("\(found) cannot follow ‘\\’") }
      position += 1
      return meaning
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> UnicodeScalar {
    let start = position
    let unit = try fourHexDigits()
    if let scalar = UnicodeScalar(unit) { return scalar }
    guard unit < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
      throw error("half a surrogate pair stands alone", at: start)
    }
    let low = try fourHexDigits()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = UnicodeScalar(0x10000 + (UInt32(unit) - 0xD800) << 10 + UInt32(low) - 0xDC00)
    else { throw error("half a surrogate pair stands alone", at: start) }
    return scalar
  }

  private mutating func fourHexDigits() throws(JSONError) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next,
        let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80
      else { throw error("\(found) where a hexadecimal digit was expected") }
      unit = unit << 4 + UInt16(digit)
      position += 1
    }
    return unit
  }
}
