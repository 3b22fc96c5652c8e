import Foundation
import Testing

@testable import Datasets

@Suite struct CompressionTests {
  private static let content = (0..<400).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 3) }

  /// The same content behind xz's delta filter with distance 32, as Python's `lzma` packs it.
  private static let delta = """
    /Td6WFoAAATm1rRGAgEDAR8hARawZ77m4AGPAEhdAABn/qBOr++dSKrVDBBc9D5dj4ion/Iqz9tpyMJ/qa5IK4zA
    EmT7hjyaNhC1BM8KOr+LPusct99foo1uMEFeaXNPo5OXK+igAADhE1pjUc3SxwABZJADAAAAbxGDk7HEZ/sCAAAA
    AARZWg==
    """

  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test func xzIsUnpacked() throws {
    let path = try scratch.write(xz(Self.content), as: "batch.xz")
    #expect(try Compression.xz.bytes(of: path, limit: 1000) == Self.content)
  }

  @Test func theDeltaFilterIsUndone() throws {
    let packed = try #require(Data(base64Encoded: Self.delta, options: .ignoreUnknownCharacters))
    let path = try scratch.write(Array(packed), as: "batch.xz")
    #expect(try Compression.xz.bytes(of: path, limit: 1000) == Self.content)
  }

  @Test(arguments: [
    ([], "an xz file", "an empty file"),
    ([0x1F, 0x8B, 8, 0], "an xz file", "1f 8b 08 00"),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "damaged xz", ""),
    ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00] + [UInt8](repeating: 7, count: 60), "damaged xz", ""),
  ])
  func whatIsNoXZIsAnError(bytes: [UInt8], problem: String, found: String) throws {
    let path = try scratch.write(bytes, as: "batch.xz")
    let error = #expect(throws: DataFileError.self) {
      try Compression.xz.bytes(of: path, limit: 5000)
    }
    #expect(error?.file == path)
    #expect(error?.problem.contains(problem) == true, "\(error?.description ?? "")")
    #expect(error?.found?.contains(found) == true || found.isEmpty)
    #expect(error?.expected != nil)
  }

  @Test func everyTruncationOfAnXZFileIsAnError() throws {
    let packed = try xz(Self.content)
    for length in stride(from: 0, to: packed.count, by: 13) {
      let path = try scratch.write(Array(packed[..<length]), as: "cut.xz")
      #expect(throws: DataFileError.self, "cut to \(length) of \(packed.count) bytes") {
        try Compression.xz.bytes(of: path, limit: 5000)
      }
    }
  }

  @Test func aBitThatFlipsInAnXZFileIsAnError() throws {
    let packed = try xz(Self.content)
    for place in stride(from: 0, to: packed.count, by: 17) {
      var damaged = packed
      damaged[place] ^= 0x10
      let path = try scratch.write(damaged, as: "flipped.xz")
      #expect(throws: DataFileError.self, "bit in byte \(place) of \(packed.count)") {
        try Compression.xz.bytes(of: path, limit: 5000)
      }
    }
  }

  @Test func moreThanTheLimitIsRefused() throws {
    let path = try scratch.write(xz([UInt8](repeating: 1, count: 4992)), as: "batch.xz")
    let error = #expect(throws: DataFileError.self) {
      try Compression.xz.bytes(of: path, limit: 4991)
    }
    #expect(error?.problem == "unpacks to too much")
    #expect(error?.expected == "at most 4991 bytes")
  }
}

@Suite struct TarArchiveTests {
  private static let members: [(name: String, bytes: [UInt8])] = [
    ("folder/", []), ("folder/a.bin", [1, 2, 3]), ("folder/notes", Array("words".utf8)),
    ("folder/b.bin", (0..<3000).map { UInt8(truncatingIfNeeded: ($0 * $0) >> 5) }),
  ]

  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  @Test func membersAreFoundByName() throws {
    let path = try scratch.write(tarGzip(Self.members), as: "some.tar.gz")
    let found = try TarArchive.members(of: path, named: ["b.bin", "a.bin"], limit: 3000)
    #expect(found == [Self.members[3].bytes, [1, 2, 3]])
  }

  @Test func aMemberThatIsNotThereIsNamed() throws {
    let path = try scratch.write(tarGzip(Self.members), as: "some.tar.gz")
    let error = #expect(throws: DataFileError.self) {
      try TarArchive.members(of: path, named: ["a.bin", "c.bin"], limit: 3000)
    }
    #expect(error?.file == path)
    #expect(error?.found == "a.bin")
    #expect(error?.expected == "c.bin")
  }

  @Test func aMemberBeyondTheLimitIsRefused() throws {
    let path = try scratch.write(tarGzip(Self.members), as: "some.tar.gz")
    let error = #expect(throws: DataFileError.self) {
      try TarArchive.members(of: path, named: ["b.bin"], limit: 2999)
    }
    #expect(error?.problem == "unpacks to too much")
  }

  @Test func everyTruncationBeforeTheLastMemberIsAnError() throws {
    let packed = try tarGzip(Self.members)
    // The end of the stream holds only the padding of the archive.
    for length in stride(from: 0, to: packed.count * 9 / 10, by: 41) {
      let path = try scratch.write(Array(packed[..<length]), as: "cut.tar.gz")
      #expect(throws: DataFileError.self, "cut to \(length) of \(packed.count) bytes") {
        try TarArchive.members(of: path, named: ["a.bin", "b.bin"], limit: 3000)
      }
    }
  }

  @Test(arguments: [
    [UInt8](), Array("no archive at all".utf8), [UInt8](repeating: 0x1F, count: 999),
  ])
  func garbageIsAnError(bytes: [UInt8]) throws {
    let path = try scratch.write(bytes, as: "garbage.tar.gz")
    let error = #expect(throws: DataFileError.self) {
      try TarArchive.members(of: path, named: ["a.bin"], limit: 3000)
    }
    #expect(error?.file == path)
    #expect(error?.expected != nil)
  }

  @Test func aFileThatIsNotThereIsAnError() {
    #expect(throws: DataFileError.self) {
      try TarArchive.members(of: "/nowhere/some.tar.gz", named: ["a.bin"], limit: 3000)
    }
  }
}
