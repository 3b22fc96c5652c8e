import Testing

@testable import Datasets

@Suite struct IDXTests {
  /// A header and content; `sizes` are written as big-endian 32-bit words.
  private static func idx(_ magic: UInt32, _ sizes: [UInt32], _ content: [UInt8] = []) -> [UInt8] {
    ([magic] + sizes).flatMap { word in
      (0..<4).map { UInt8(truncatingIfNeeded: word >> (24 - 8 * $0)) }
    }
      + content
  }

  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private static let image = idx(0x803, [2, 2, 3], Array(1...12))

  struct Bad: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]
    var dimensions = 3
    var name = "file"
    let problem: String
    let found: String
    let expected: String
  }

  static let bad: [Bad] = [
    Bad(
      testDescription: "empty", bytes: [], problem: "cut short", found: "0 bytes",
      expected: "header of 16 bytes"),
    Bad(
      testDescription: "header cut", bytes: Array(image.prefix(9)), problem: "cut short",
      found: "9 bytes", expected: "header of 16 bytes"),
    Bad(
      testDescription: "content cut", bytes: Array(image.dropLast()), problem: "cut short",
      found: "27 bytes", expected: "28 bytes, for sizes 2×2×3"),
    Bad(
      testDescription: "oversized", bytes: image + [0, 0], problem: "goes on after",
      found: "30 bytes", expected: "28 bytes, for sizes 2×2×3"),
    Bad(
      testDescription: "wrong magic", bytes: [0x50, 0x4B, 3, 4] + image, problem: "not start",
      found: "0x504b0304 (no IDX file)", expected: "0x00000803"),
    Bad(
      testDescription: "labels for images", bytes: idx(0x801, [3], [1, 2, 3]),
      problem: "not start", found: "0x00000801 (unsigned bytes, 1 dimension)",
      expected: "0x00000803 (unsigned bytes, 3 dimensions)"),
    Bad(
      testDescription: "images for labels", bytes: image, dimensions: 1, problem: "not start",
      found: "0x00000803", expected: "0x00000801"),
    Bad(
      testDescription: "floats", bytes: idx(0xD03, [1, 1, 1], [0, 0, 0, 0]),
      problem: "not start", found: "32-bit floats", expected: "unsigned bytes"),
    Bad(
      testDescription: "nothing in it", bytes: idx(0x803, [0, 28, 28]), problem: "holds nothing",
      found: "0×28×28", expected: "at least 1"),
    Bad(
      testDescription: "huge header", bytes: idx(0x803, [60_000, 60_000, 2], [1]),
      problem: "header is damaged", found: "17 bytes", expected: "7200000016 bytes"),
    Bad(
      testDescription: "header beyond 64 bits", bytes: idx(0x803, [.max, .max, .max], [1]),
      problem: "header is damaged", found: "17 bytes", expected: "more bytes than there can be"),
    Bad(
      testDescription: "not gzip", bytes: image, name: "file.gz", problem: "not a gzip file",
      found: "00 00 08 03", expected: "1f 8b"),
    Bad(
      testDescription: "empty gzip file", bytes: [], name: "file.gz", problem: "not a gzip file",
      found: "empty", expected: "1f 8b"),
    Bad(
      testDescription: "gzip garbage", bytes: [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 255, 255, 255],
      name: "file.gz", problem: "damaged gzip", found: "(after 0 unpacked bytes)",
      expected: "a whole gzip stream"),
    Bad(
      testDescription: "gzip magic alone", bytes: [0x1F, 0x8B], name: "file.gz",
      problem: "damaged gzip", found: "no known kind",
      expected: "a whole gzip stream"),
  ]

  @Test(arguments: bad)
  func aBadFileIsNamedWithWhatWasFoundAndExpected(bad: Bad) throws {
    let path = try scratch.write(bad.bytes, as: "\(bad.testDescription)/\(bad.name)")
    let error = #expect(throws: DataFileError.self) {
      try IDX.read(path, dimensions: bad.dimensions)
    }
    let text = error?.description ?? ""
    #expect(text.contains("‘\(path)’"))
    #expect(error?.problem.contains(bad.problem) == true, "\(text)")
    #expect(error?.found?.contains(bad.found) == true, "\(text)")
    #expect(error?.expected?.contains(bad.expected) == true, "\(text)")
    #expect(error?.failure.blame == .data)
    #expect(error?.failure.description == text)
  }

  @Test func aGoodFileIsReadInFull() throws {
    let path = try scratch.write(Self.image, as: "good/images")
    let idx = try IDX.read(path, dimensions: 3)
    #expect(idx.shape == [2, 2, 3])
    #expect(idx.elements == Array(1...12))
  }

  @Test func aPackedFileReadsLikeThePlainOne() throws {
    let path = try scratch.write(try gzip(Self.image), as: "packed/images.gz")
    #expect(try IDX.read(path, dimensions: 3).elements == Array(1...12))
  }

  @Test func everyTruncationOfAPackedFileIsAnError() throws {
    let content = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
    let packed = try gzip(Self.idx(0x801, [5000], content))
    for length in stride(from: 0, to: packed.count, by: 97) {
      let path = try scratch.write(Array(packed[..<length]), as: "cut/labels.gz")
      #expect(throws: DataFileError.self, "cut to \(length) of \(packed.count) bytes") {
        try IDX.read(path, dimensions: 1)
      }
    }
  }

  @Test(arguments: ["file", "file.gz"])
  func moreThanTheLimitIsRefused(name: String) throws {
    let content = Self.idx(0x801, [4992], [UInt8](repeating: 1, count: 4992))
    let bytes = name.hasSuffix(".gz") ? try gzip(content) : content
    let path = try scratch.write(bytes, as: "limit/\(name)")
    #expect(try IDX.read(path, dimensions: 1, limit: 5000).shape == [4992])
    let error = #expect(throws: DataFileError.self) {
      try IDX.read(path, dimensions: 1, limit: 4999)
    }
    #expect(error?.expected == "at most 4999 bytes")
  }

  @Test func aFolderIsNoFile() throws {
    let error = #expect(throws: DataFileError.self) {
      try IDX.read(scratch.path, dimensions: 1)
    }
    #expect(error?.found == "a folder")
  }
}
