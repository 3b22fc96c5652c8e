/// SVHN, cropped: 73,257 + 26,032 colour pictures of 32×32 pixels of digits from house numbers.
///
/// Y. Netzer, T. Wang, A. Coates, A. Bissacco, B. Wu, A. Y. Ng: Reading Digits in Natural Images with
/// Unsupervised Feature Learning, NIPS Workshop on Deep Learning and Unsupervised Feature Learning,
/// 2011. A MAT file holds the bytes `X`, `[row, column, channel, image]`, and the labels `y`,
/// `[image, 1]`, in which 10 stands for the digit 0.
package enum SVHN {
  /// Files, digests and where they are.
  package static let info = DataSetInfo(
    name: "svhn",
    summary: "73,257 + 26,032 digits from photographed house numbers, 32×32 colour",
    citation: "Netzer, Wang, Coates, Bissacco, Wu, Ng, NIPS Workshop, 2011",
    licence: "for non-commercial use only",
    files: [
      DataSetFile(
        .init(
          name: "train_32x32.mat", bytes: 182_040_794,
          sha256: "435e94d69a87fde4fd4d7f3dd208dfc32cb6ae8af2240d066de1df7508d083b8")),
      DataSetFile(
        .init(
          name: "test_32x32.mat", bytes: 64_275_384,
          sha256: "cdce80dfb2a2c4c6160906d0bd7c68ec5a99d7ca4831afa54f09182025b6a75b")),
    ],
    isFetchedByName: true,
    mirrors: ["http://ufldl.stanford.edu/housenumbers"])

  /// Rows and columns of an image.
  package static let side = 32

  /// More images than either file holds are refused.
  private static let mostImages = 100_000

  /// The images of a MAT file, whichever of the two it is.
  package static func images(of path: String) throws(DataFileError) -> LabelledImages {
    let file = try MATFile(path)
    let pixels = try file.bytes("X", limit: mostImages * 3 * side * side)
    guard pixels.shape.count == 4, pixels.shape[..<3] == [side, side, 3] else {
      throw DataFileError(
        file: path, problem: "holds ‘X’ of the wrong shape", found: "\(pixels.shape)",
        expected: "[\(side), \(side), 3, n]")
    }
    let labels = try file.numbers("y", limit: mostImages)
    guard labels.shape.count == 2, labels.shape[1] == 1 else {
      throw DataFileError(
        file: path, problem: "holds ‘y’ of the wrong shape", found: "\(labels.shape)",
        expected: "[n, 1]")
    }
    guard labels.shape[0] == pixels.shape[3] else {
      throw DataFileError(
        file: path, problem: "holds another number of labels than of images",
        found: "\(labels.shape[0]) labels", expected: "\(pixels.shape[3]) labels, one an image")
    }
    return LabelledImages(
      images: rowMajor(pixels.elements), labels: try digits(labels.elements, path), height: side,
      width: side, channels: 3)
  }

  private static func digits(
    _ labels: [Double], _ path: String
  ) throws(DataFileError) -> [UInt8] {
    if let place = labels.firstIndex(where: { !($0 >= 1 && $0 <= 10 && $0 == $0.rounded()) }) {
      throw DataFileError(
        file: path, problem: "holds a label that is no class",
        found: "\(labels[place]) at position \(place)",
        expected: "1 to 10, where 10 stands for the digit 0")
    }
    return labels.map { $0 == 10 ? 0 : UInt8($0) }
  }

  /// Planes column by column as planes row by row; their order is the same in both.
  private static func rowMajor(_ pixels: [UInt8]) -> [UInt8] {
    let plane = side * side
    return [UInt8](unsafeUninitializedCapacity: pixels.count) { target, count in
      for start in stride(from: 0, to: pixels.count, by: plane) {
        for row in 0..<side {
          for column in 0..<side {
            target.initializeElement(
              at: start + row * side + column, to: pixels[start + column * side + row])
          }
        }
      }
      count = pixels.count
    }
  }
}
