import Testing

@testable import Pipeline

@Suite struct SourceTextTests {
  @Test func lineBreaksOfBothKindsGiveTheSameValueAndPlaces() throws {
    let unix = "a:\n  - 1\n  - 'x'\nb: [1,\n  2]\n"
    let windows = unix.replacing("\n", with: "\r\n")
    #expect(reading(windows) == reading(unix))
    let node = try YAMLParser.parse(SourceText(name: "t.yaml", text: windows))
    #expect(node["b"]?.place.mark == Mark(line: 4, column: 4))
  }

  @Test func aByteOrderMarkIsNoColumn() {
    let source = SourceText(name: "t.yaml", bytes: [0xEF, 0xBB, 0xBF] + Array("a: @\n".utf8))
    #expect(reading(source).hasPrefix("t.yaml:1:4: error:"))
    #expect(reading("\u{FEFF}a: 1") == #"{"a": 1}"#)
  }

  @Test func columnsCountCharacters() throws {
    let source = SourceText(name: "t.yaml", text: "é数😀e\u{301}: 1\nb: 2")
    let node = try YAMLParser.parse(source)
    guard case .mapping(let mapping) = node.value else {
      Issue.record("no mapping: \(node)")
      return
    }
    #expect(mapping.entries.map(\.value.place.mark.column) == [7, 4])
    #expect(mapping.entries.map(\.value.place.mark.line) == [1, 2])
  }

  @Test(
    arguments: [
      ([0xFF, 0xFE, 0x61, 0], "t.yaml:1:1: error: the file is not UTF-8: byte 0xFF at offset 0"),
      ([0x61, 0x0A, 0xC3], "t.yaml:2:1: error: the file is not UTF-8: byte 0xC3 at offset 2"),
      ([0x61, 0xC0, 0x80], "t.yaml:1:2: error: the file is not UTF-8: byte 0xC0 at offset 1"),
      ([0xED, 0xA0, 0x80], "t.yaml:1:1: error: the file is not UTF-8: byte 0xED at offset 0"),
      (
        [0xF4, 0x90, 0x80, 0x80], "t.yaml:1:1: error: the file is not UTF-8: byte 0xF4 at offset 0"
      ),
      (
        [0xEF, 0xBB, 0xBF, 0x80], "t.yaml:1:1: error: the file is not UTF-8: byte 0x80 at offset 3"
      ),
      ([0x61, 0x00], "t.yaml:1:2: error: the character U+0000 is not printable"),
      ([0x61, 0x7F], "t.yaml:1:2: error: the character U+007F is not printable"),
      ([0x61, 0x0D, 0x62], "t.yaml:1:2: error: a carriage return without a line feed"),
      ([0xE2, 0x80, 0xA8], "t.yaml:1:1: error: the line separator U+2028"),
      ([0x61, 0xEF, 0xBB, 0xBF], "t.yaml:1:2: error: a byte order mark inside the file"),
    ] as [([UInt8], String)])
  func whatIsNotTextIsRefused(bytes: [UInt8], expected: String) {
    let error = reading(SourceText(name: "t.yaml", bytes: bytes))
    #expect(error.split(separator: "\n").first.map(String.init) == expected)
  }

  @Test func aLargeFileIsRefused() {
    let source = SourceText(name: "t.yaml", text: String(repeating: "#", count: 101))
    #expect(throws: Never.self) { try source.checkText(upTo: 101) }
    let error = #expect(throws: SpecError.self) { try source.checkText(upTo: 100) }
    #expect(error?.description.hasPrefix("t.yaml:1:1: error: the file has 101 bytes\n") == true)
    #expect(error?.hint == "a spec may have up to 100 bytes")
    #expect(SourceText.maximumBytes == 67_108_864)
  }
}
