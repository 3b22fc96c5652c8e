import Testing

@testable import Contract
@testable import Datasets

@Suite struct JPEGDecoderTests {
  /// A picture of slow ramps, which survives coding nearly unchanged.
  private static let ramps: [UInt8] = {
    var pixels: [UInt8] = []
    for row in 0..<24 {
      for column in 0..<32 {
        pixels += [UInt8(column * 4), UInt8(row * 5), UInt8(100 + column + row)]
      }
    }
    return pixels
  }()

  private static func whole() throws -> [UInt8] { try jpeg(ramps, width: 32, height: 24) }

  @Test func coloursComeOutNearlyAsTheyWentIn() throws {
    let decoder = JPEGDecoder()
    let pixels = try decoder.pixels(of: Self.whole(), width: 32, height: 24, file: "x.jpg")
    #expect(pixels.count == Self.ramps.count)
    let worst = zip(pixels, Self.ramps).map { abs(Int($0) - Int($1)) }.max()
    #expect((worst ?? 0) <= 16)
    let sum = zip(pixels, Self.ramps).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
    #expect(sum < 3 * pixels.count)
    #expect(try decoder.pixels(of: Self.whole(), width: 32, height: 24, file: "") == pixels)
  }

  @Test func greyIsExact() throws {
    let grey = [UInt8](repeating: 128, count: 3 * 16 * 16)
    let file = try jpeg(grey, width: 16, height: 16)
    let decoder = JPEGDecoder()
    #expect(try decoder.pixels(of: file, width: 16, height: 16, file: "") == grey)
  }

  private func error(_ bytes: [UInt8], width: Int = 32) -> DataFileError? {
    #expect(throws: DataFileError.self) {
      try JPEGDecoder().pixels(of: bytes, width: width, height: 24, file: "x.jpg")
    }
  }

  @Test func whatIsNoJPEGFileIsAnError() {
    let png = error([0x89, 0x50, 0x4E, 0x47, 0x0D])
    #expect(png?.file == "x.jpg" && png?.problem == "is no JPEG file")
    #expect(png?.found == "a file that starts with 89 50 4e 47")
    #expect(error([])?.found == "an empty file")
  }

  @Test func aFileThatIsCutShortIsAnError() throws {
    let whole = try Self.whole()
    for length in [3, 20, 200, whole.count / 2, whole.count - 20, whole.count - 2] {
      let error = error(Array(whole[..<length]))
      #expect(error?.problem == "is a damaged JPEG file", "\(length) of \(whole.count) bytes")
      #expect(error?.expected == "a whole JPEG file")
    }
  }

  @Test func anotherSizeIsAnError() throws {
    let error = try error(Self.whole(), width: 33)
    #expect(error?.problem == "is a picture of the wrong size")
    #expect(error?.found == "32×24 pixels" && error?.expected == "33×24 pixels")
  }
}
