import Testing

@testable import Datasets

@Suite struct ZipArchiveTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func names(_ path: String, limit: Int = 100) throws -> [String] {
    let archive = try ZipArchive(path)
    var names: [String] = []
    while let member = try archive.next(where: { $0.hasSuffix(".jpg") }, limit: limit) {
      names.append("\(member.name) \(member.bytes)")
    }
    return names
  }

  private func toy() throws -> [UInt8] {
    try zip([
      ("faces/", []), ("faces/b.jpg", [1, 2]), ("faces/readme", [7]), ("a.jpg", []),
      ("faces/deep/c.jpg", [3]),
    ])
  }

  @Test func wantedMembersComeInTheirOrder() throws {
    let path = try scratch.write(toy(), as: "toy.zip")
    #expect(try names(path) == ["b.jpg [1, 2]", "a.jpg []", "c.jpg [3]"])
  }

  @Test func aMemberThatIsTooLargeIsRefused() throws {
    let path = try scratch.write(toy(), as: "toy.zip")
    let error = #expect(throws: DataFileError.self) { try names(path, limit: 1) }
    #expect(error?.problem == "unpacks to too much")
  }

  @Test(arguments: [[], Array("no archive at all, but some text".utf8)])
  func whatIsNoZipArchiveIsAnError(bytes: [UInt8]) throws {
    let path = try scratch.write(bytes, as: "toy.zip")
    let error = #expect(throws: DataFileError.self) { try names(path) }
    #expect(error?.file == path)
    #expect(error?.problem == "is a damaged zip archive")
  }

  @Test func damagedContentIsAnError() throws {
    let noise = (0..<400).map { UInt8(($0 * $0 * 31 + $0) % 251) }
    var bytes = try zip([("a.jpg", noise)])
    bytes[200] ^= 0x55
    let path = try scratch.write(bytes, as: "toy.zip")
    let error = #expect(throws: DataFileError.self) { try names(path, limit: 1000) }
    #expect(error?.problem == "is a damaged zip archive")
  }

  @Test func aFileThatIsNotThereIsAnError() {
    let error = #expect(throws: DataFileError.self) { try names("/nowhere/toy.zip") }
    #expect(error?.problem == "cannot be read")
  }
}
