/// A text a person wrote, with its name: a spec file, or one argument of the command line.
///
/// A class, so that every node can hold on to where it was written for the price of one reference.
final class SourceText: Sendable {
  /// What an error message calls it: a file name, or something like `--set a.b=…`.
  let name: String
  /// The text without its byte order mark; any bytes at all, until `checkText()` has passed.
  let bytes: [UInt8]
  /// How many bytes of byte order mark stood before `bytes` in the file.
  let skippedBytes: Int
  private let lineStarts: [Int]

  /// Takes the bytes of a file.
  init(name: String, bytes: [UInt8]) {
    let hasByteOrderMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    self.name = name
    self.bytes = hasByteOrderMark ? Array(bytes.dropFirst(3)) : bytes
    self.skippedBytes = hasByteOrderMark ? 3 : 0
    var starts = [0]
    for (offset, byte) in self.bytes.enumerated() where byte == UInt8(ascii: "\n") {
      starts.append(offset + 1)
    }
    self.lineStarts = starts
  }

  /// Takes text that is already decoded.
  convenience init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  /// How many lines there are; a last line that is empty counts.
  var lineCount: Int { lineStarts.count }

  /// The byte range of a line, counted from 1, without its line break.
  func lineRange(_ number: Int) -> Range<Int> {
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The line and column of a byte.
  ///
  /// Costs the length of the line: asked only when an error is told.
  func mark(at offset: Int) -> Mark {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let before = String(decoding: bytes[lineStarts[low]..<min(offset, bytes.count)], as: UTF8.self)
    return Mark(line: low + 1, column: before.count + 1)
  }
}

/// A line and a column, both counted from 1; columns count characters, not bytes.
struct Mark: Hashable, Sendable {
  let line: Int
  let column: Int
}

/// Some bytes of a source text: where a value was written.
struct Place: Sendable {
  let source: SourceText
  let offset: Int
  /// In bytes; 0 where something is missing.
  let length: Int

  /// The line and column of the first byte.
  var mark: Mark { source.mark(at: offset) }
  /// The name of the text.
  var file: String { source.name }
}
