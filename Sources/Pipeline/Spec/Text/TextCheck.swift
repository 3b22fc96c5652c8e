extension SourceText {
  /// The largest file that is read.
  static let maximumBytes = 64 << 20

  /// Refuses what is not text: broken UTF-8, control characters, foreign line breaks, too much of it.
  ///
  /// What passes holds no NUL byte, and `\r` only before `\n`; the parser relies on both.
  func checkText(upTo limit: Int = maximumBytes) throws(SpecError) {
    guard bytes.count <= limit else {
      throw SpecError(
        Place(source: self, offset: 0, length: 0), "the file has \(bytes.count) bytes",
        hint: "a spec may have up to \(limit) bytes")
    }
    var offset = 0
    while offset < bytes.count {
      let byte = bytes[offset]
      if byte >= 0x20 && byte < 0x7F {
        offset += 1
        continue
      }
      guard let (scalar, length) = scalar(at: offset) else { throw notUTF8(at: offset) }
      if let problem = problem(with: scalar, at: offset) {
        let place = Place(source: self, offset: offset, length: length)
        throw SpecError(place, problem.message, hint: problem.hint)
      }
      offset += length
    }
  }

  private func notUTF8(at offset: Int) -> SpecError {
    let byte = String(bytes[offset], radix: 16, uppercase: true)
    return SpecError(
      Place(source: self, offset: offset, length: 1),
      "the file is not UTF-8: byte 0x\(byte.count < 2 ? "0" : "")\(byte) at offset "
        + "\(offset + skippedBytes)",
      hint: "save the file as UTF-8")
  }

  /// The code point that begins at a byte, and its length; nil if no valid one does.
  private func scalar(at offset: Int) -> (UInt32, Int)? {
    let lead = bytes[offset]
    let (length, minimum): (Int, UInt32)
    var value: UInt32
    switch lead {
    case 0x00...0x7F: return (UInt32(lead), 1)
    case 0xC2...0xDF: (length, minimum, value) = (2, 0x80, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (length, minimum, value) = (3, 0x800, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (length, minimum, value) = (4, 0x10000, UInt32(lead & 0x07))
    default: return nil
    }
    guard offset + length <= bytes.count else { return nil }
    for byte in bytes[offset + 1..<offset + length] {
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let isSurrogate = (0xD800...0xDFFF).contains(value)
    return value < minimum || value > 0x10FFFF || isSurrogate ? nil : (value, length)
  }

  private func problem(with scalar: UInt32, at offset: Int) -> (message: String, hint: String)? {
    let hex = String(scalar, radix: 16, uppercase: true)
    let name = "U+" + String(repeating: "0", count: max(0, 4 - hex.count)) + hex
    switch scalar {
    case 0x09, 0x0A: return nil
    case 0x0D:
      let next = offset + 1
      guard next == bytes.count || bytes[next] != UInt8(ascii: "\n") else { return nil }
      return (
        "a carriage return without a line feed", "end lines with a line feed, or with both"
      )
    case 0x85, 0x2028, 0x2029:
      return (
        "the line separator \(name)", "end lines with a line feed; inside \"…\" write \\N, \\L, \\P"
      )
    case 0xFEFF:
      return (
        "a byte order mark inside the file", "it may stand only at the very beginning"
      )
    case 0...0x1F, 0x7F...0x9F, 0xFFFE, 0xFFFF:
      return (
        "the character \(name) is not printable",
        "inside \"…\" write it as an escape, such as \\x07"
      )
    default: return nil
    }
  }
}
