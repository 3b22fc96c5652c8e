import Testing

@testable import Datasets

@Suite struct MATFileTests {
  private let scratch: ScratchFolder
  private let path: String

  init() throws {
    scratch = try ScratchFolder()
    path = "\(scratch.path)/toy.mat"
  }

  private static let pixels = (0..<24).map { UInt8($0 * 7) }

  private func write(isCompressed: Bool) throws {
    try writeMAT(
      [
        .bytes("X", [2, 3, 1, 4], Self.pixels), .doubles("y", [4, 1], [1, 10, 2.5, -3]),
        .singles("z", [2, 1], [1, 2]), .complex("c", [2, 1], [1, 2], [3, 4]),
      ], isCompressed: isCompressed, to: path)
  }

  @Test(arguments: [false, true]) func arraysComeOutAsTheyWentIn(isCompressed: Bool) throws {
    try write(isCompressed: isCompressed)
    let file = try MATFile(path)
    let pixels = try file.bytes("X", limit: 24)
    #expect(pixels.shape == [2, 3, 1, 4] && pixels.elements == Self.pixels)
    let labels = try file.numbers("y", limit: 100)
    #expect(labels.shape == [4, 1] && labels.elements == [1, 10, 2.5, -3])
    #expect(try file.numbers("X", limit: 100).elements == Self.pixels.map { Double($0) })
  }

  @Test func aFileOfTheOtherByteOrderIsRead() throws {
    func word(_ value: UInt8) -> [UInt8] { [0, 0, 0, value] }
    let text = "MATLAB 5.0 MAT-file, written by hand"
    let header =
      Array(text.utf8) + [UInt8](repeating: 0x20, count: 116 - text.utf8.count)
      + [UInt8](repeating: 0, count: 8) + [1, 0] + Array("MI".utf8)
    let flags = word(6) + word(8) + word(6) + word(0)
    let shape = word(5) + word(8) + word(1) + word(1)
    let name = word(1) + word(1) + Array("y".utf8) + [0, 0, 0, 0, 0, 0, 0]
    let content = word(9) + word(8) + [0x40, 0x24, 0, 0, 0, 0, 0, 0]
    let variable = flags + shape + name + content
    try scratch.write(
      header + word(14) + word(UInt8(variable.count)) + variable, as: "toy.mat")
    let file = try MATFile(path)
    #expect(try file.numbers("y", limit: 1).elements == [10])
  }

  @Test func aMissingVariableIsAnError() throws {
    try write(isCompressed: true)
    let file = try MATFile(path)
    let error = #expect(throws: DataFileError.self) { try file.bytes("x", limit: 100).shape }
    #expect(error?.file == path)
    #expect(error?.found == "no variable ‘x’")
    #expect(error?.expected == "a variable ‘x’ of bytes (uint8)")
  }

  @Test(arguments: [("y", "doubles"), ("z", "singles"), ("c", "complex doubles")])
  func whatIsNotBytesIsAnError(name: String, found: String) throws {
    try write(isCompressed: false)
    let file = try MATFile(path)
    let error = #expect(throws: DataFileError.self) { try file.bytes(name, limit: 100).shape }
    #expect(error?.problem == "holds ‘\(name)’ of the wrong type")
    #expect(error?.found == found)
  }

  @Test(arguments: ["z", "c"]) func whatIsNoNumberIsAnError(name: String) throws {
    try write(isCompressed: false)
    let file = try MATFile(path)
    let error = #expect(throws: DataFileError.self) { try file.numbers(name, limit: 100).shape }
    #expect(error?.expected == "bytes (uint8) or doubles")
  }

  @Test func moreThanTheLimitIsAnError() throws {
    try write(isCompressed: true)
    let file = try MATFile(path)
    let error = #expect(throws: DataFileError.self) { try file.bytes("X", limit: 23).shape }
    #expect(error?.found == "shape [2, 3, 1, 4]")
    #expect(error?.expected == "at most 23 elements")
  }
}
