import Foundation
import Testing

@testable import Contract
@testable import Datasets

@Suite struct SHA256Tests {
  /// Test vectors of FIPS 180-2, appendix B, and the empty message.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func knownAnswers(message: String, digest: String) {
    #expect(SHA256.hex(of: Array(message.utf8)) == digest)
  }

  @Test func aMillionLettersInUnequalPieces() {
    var stream = SHA256Stream()
    var left = 1_000_000
    var piece = 1
    while left > 0 {
      let count = min(piece, left)
      stream.update([UInt8](repeating: UInt8(ascii: "a"), count: count))
      left -= count
      piece = piece * 3 + 1
    }
    #expect(
      stream.finish() == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test func aFileLongerThanOnePieceEqualsItsBytes() throws {
    let folder = try ScratchFolder()
    let bytes = (0..<(FileReader.pieceSize * 2 + 17)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    let path = try folder.write(bytes, as: "long")
    #expect(try SHA256.hex(ofFile: path) == SHA256.hex(of: bytes))
  }

  @Test func aMissingFileIsNamed() {
    let error = #expect(throws: DataFileError.self) { try SHA256.hex(ofFile: "/nowhere/x.gz") }
    #expect(error?.description.contains("/nowhere/x.gz") == true)
    #expect(error?.description.contains("no such file") == true)
  }
}
