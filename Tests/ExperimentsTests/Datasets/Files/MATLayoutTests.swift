import Testing

@testable import Datasets

@Suite struct MATLayoutTests {
  private let scratch: ScratchFolder

  init() throws { scratch = try ScratchFolder() }

  private func toy(isCompressed: Bool) throws -> [UInt8] {
    let path = "\(scratch.path)/whole.mat"
    let noise = (0..<500).map { UInt8(($0 * $0 * 31 + $0) % 251) }
    try writeMAT(
      [.bytes("X", [500, 1], noise), .doubles("y", [3, 1], [1, 2, 3])],
      isCompressed: isCompressed, to: path)
    try MATLayout.check(path)
    return try FileReader.bytes(of: path, limit: 1 << 20)
  }

  @Test(arguments: [false, true]) func aFileThatIsCutShortIsAnError(isCompressed: Bool) throws {
    let whole = try toy(isCompressed: isCompressed)
    for length in [100, 127, 130, 137, 300, whole.count - 9, whole.count - 1] {
      let path = try scratch.write(Array(whole[..<length]), as: "cut.mat")
      let error = #expect(throws: DataFileError.self) { try MATFile(path).path }
      #expect(error?.problem == "is cut short", "\(length) bytes")
      #expect(error?.found == "\(length) bytes")
    }
  }

  @Test func aHeaderAloneHoldsNothing() throws {
    let whole = try toy(isCompressed: false)
    let path = try scratch.write(Array(whole[..<128]), as: "cut.mat")
    let file = try MATFile(path)
    let error = #expect(throws: DataFileError.self) { try file.bytes("X", limit: 500).shape }
    #expect(error?.found == "no variable ‘X’")
  }

  @Test(arguments: [
    ([], "an empty file"), (Array("MATL".utf8), "a file that starts with 4d 41 54 4c"),
    ([UInt8](repeating: 0, count: 200), "a file that starts with 00 00 00 00 00 00 00 00"),
  ])
  func whatIsNoMATFileIsAnError(bytes: [UInt8], found: String) throws {
    let path = try scratch.write(bytes, as: "other.mat")
    let error = #expect(throws: DataFileError.self) { try MATFile(path).path }
    #expect(error?.problem == "is not a MAT file")
    #expect(error?.found == found)
  }

  @Test(arguments: [(125, UInt8(2), "00 02 49 4d"), (126, UInt8(0x20), "00 01 20 4d")])
  func anotherVersionOrByteOrderIsAnError(place: Int, byte: UInt8, found: String) throws {
    var bytes = try toy(isCompressed: false)
    bytes[place] = byte
    let path = try scratch.write(bytes, as: "other.mat")
    let error = #expect(throws: DataFileError.self) { try MATFile(path).path }
    #expect(error?.problem == "is not a MAT file of version 5")
    #expect(error?.found == "version and byte order \(found)")
  }

  @Test func aFileThatIsNotThereIsAnError() {
    let error = #expect(throws: DataFileError.self) { try MATFile("/nowhere/x.mat").path }
    #expect(error?.problem == "cannot be read")
  }
}
