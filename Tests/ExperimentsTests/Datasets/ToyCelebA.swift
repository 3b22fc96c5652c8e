import Kernels

@testable import Contract
@testable import Datasets

/// Nine faces of the size of CelebA's, in its three parts, and their manifest.
struct ToyCelebA {
  static let archiveName = "img_align_celeba.zip"
  static let folder = "img_align_celeba"
  static let parts = CelebA.Parts(train: 1...4, validation: 5...6, test: 7...9)

  /// The files by number, from 1.
  let faces: [Int: [UInt8]]

  init() throws {
    var faces: [Int: [UInt8]] = [:]
    for number in 1...9 {
      var pixels: [UInt8] = []
      for row in 0..<218 {
        for column in 0..<178 {
          pixels += [UInt8(number * 20), UInt8(row), UInt8((column + number * 5) % 256)]
        }
      }
      faces[number] = try jpeg(pixels, width: 178, height: 218)
    }
    self.faces = faces
  }

  static func name(_ number: Int) -> String { "\(folder)/00000\(number).jpg" }

  /// An archive of some files in their folder, in no particular order, with other files.
  static func archive(_ faces: [Int: [UInt8]]) throws -> [UInt8] {
    let numbers = faces.keys.sorted { ($0 * 5 % 11, $0) < ($1 * 5 % 11, $1) }
    return try zip(
      [("\(folder)/", []), ("\(folder)/readme.txt", [1]), ("\(folder)/._000001.jpg", [2])]
        + numbers.map { (name($0), faces[$0] ?? []) })
  }

  /// A manifest in which the archive has these bytes.
  static func manifest(archive: [UInt8]) -> DataSetInfo {
    DataSetInfo(
      name: "celeba", summary: "", citation: "", licence: "",
      files: [
        DataSetFile(
          .init(name: archiveName, bytes: archive.count, sha256: SHA256.hex(of: archive)))
      ], unpacked: folder, mirrors: ["https://example.org"])
  }

  /// What becomes of a face.
  func shrunk(_ number: Int) throws -> [UInt8] {
    let decoder = JPEGDecoder()
    let pixels = try decoder.pixels(
      of: faces[number] ?? [], width: 178, height: 218, file: Self.name(number))
    return SquareShrink(width: 178, height: 218, crop: 148, side: 64).apply(pixels)
  }
}
