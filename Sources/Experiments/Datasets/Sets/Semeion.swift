/// The Semeion handwritten digits: 1,593 black and white pictures of 16×16 pixels.
///
/// M. Buscema: MetaNet: The Theory of Independent Judges, Substance Use & Misuse 33(2), 1998. About 80
/// people of Brescia wrote every digit twice. A line of the file holds 256 numbers, 0 or 1, row by
/// row with 1 for ink, then ten of which one is 1: that of the digit.
package enum Semeion {
  /// Files, digests and where they are.
  package static let info = DataSetInfo(
    name: "semeion",
    summary: "1,593 handwritten digits, 16×16 black and white",
    citation: "Buscema, Substance Use & Misuse 33(2), 1998",
    licence: "CC BY 4.0, as the UCI Machine Learning Repository lists it",
    files: [
      DataSetFile(
        .init(
          name: "semeion.data", bytes: 2_889_702,
          sha256: "f43228ae3da5ea6a3c95069d53450b86166770e3b719dcc333182128fe08d4b1"))
    ],
    mirrors: ["https://archive.ics.uci.edu/ml/machine-learning-databases/semeion"])

  /// Rows and columns of an image.
  package static let side = 16

  private static let pixels = side * side
  private static let digits = 10
  /// Several times what the file has.
  private static let limit = 1 << 24

  /// The images of the file, as bytes of 0 and 255.
  package static func images(of path: String) throws(DataFileError) -> LabelledImages {
    let bytes = try FileReader.bytes(of: path, limit: limit)
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    guard !lines.isEmpty else {
      throw DataFileError(
        file: path, problem: "holds no image", found: "an empty file", expected: expected)
    }
    var (images, labels): ([UInt8], [UInt8]) = ([], [])
    images.reserveCapacity(lines.count * pixels)
    for (number, line) in lines.enumerated() {
      let place = "is wrong in line \(number + 1)"
      let words = line.split { $0 == UInt8(ascii: " ") || $0 == 9 || $0 == 13 }
      guard words.count == pixels + digits else {
        throw DataFileError(
          file: path, problem: place, found: "\(words.count) numbers", expected: expected)
      }
      var bits: [UInt8] = []
      for (position, word) in words.enumerated() {
        guard let bit = bit(word) else {
          throw DataFileError(
            file: path, problem: place,
            found:
              "‘\(String(decoding: word.prefix(20), as: UTF8.self))’ as number \(position + 1)",
            expected: "0 or 1")
        }
        bits.append(bit)
      }
      let marks = bits[pixels...]
      guard marks.count(where: { $0 == 1 }) == 1, let label = marks.firstIndex(of: 1) else {
        throw DataFileError(
          file: path, problem: place,
          found: "the marks \(marks.map(String.init).joined(separator: " "))",
          expected: "one 1 among them, that of the digit")
      }
      images += bits[..<pixels].map { $0 * 255 }
      labels.append(UInt8(label - pixels))
    }
    return LabelledImages(images: images, labels: labels, height: side, width: side)
  }

  private static var expected: String {
    "\(pixels) pixels and \(digits) marks in a line, each 0 or 1"
  }

  /// The value of `0`, `1`, `0.0000` and the like; nil for everything else.
  private static func bit(_ word: ArraySlice<UInt8>) -> UInt8? {
    guard let first = word.first, first == UInt8(ascii: "0") || first == UInt8(ascii: "1") else {
      return nil
    }
    let rest = word.dropFirst()
    guard rest.isEmpty || rest.first == UInt8(ascii: ".") && rest.count > 1,
      rest.dropFirst().allSatisfy({ $0 == UInt8(ascii: "0") })
    else { return nil }
    return first - UInt8(ascii: "0")
  }
}
