/// Places for the faces of CelebA of some numbers, filled in any order.
struct FaceTable {
  /// How many faces are here.
  private(set) var count = 0
  private let parts: [ClosedRange<Int>]
  private var pixels: [[UInt8]]
  private var isHere: [[Bool]]
  private let shrink = SquareShrink(
    width: CelebA.width, height: CelebA.height, crop: CelebA.crop, side: CelebA.side)

  private static let bytesPerImage = 3 * CelebA.side * CelebA.side

  /// No face yet, of these numbers in each part.
  init(_ parts: [ClosedRange<Int>]) {
    self.parts = parts
    pixels = parts.map { [UInt8](repeating: 0, count: $0.count * Self.bytesPerImage) }
    isHere = parts.map { [Bool](repeating: false, count: $0.count) }
  }

  /// How many faces there will be.
  var total: Int { parts.reduce(0) { $0 + $1.count } }

  /// Whether a number belongs to a part and has no face yet.
  func lacks(_ number: Int) -> Bool {
    parts.indices.contains { part in
      parts[part].contains(number) && !isHere[part][number - parts[part].lowerBound]
    }
  }

  /// The smallest number without a face, or nil.
  var missing: Int? {
    parts.indices.lazy.compactMap { part in
      isHere[part].firstIndex(of: false).map { parts[part].lowerBound + $0 }
    }.min()
  }

  /// Decodes the file with the face of a number that `lacks` it, and shrinks the face into its place.
  mutating func put(
    _ jpeg: [UInt8], number: Int, file: String, decoder: borrowing JPEGDecoder
  ) throws(DataFileError) {
    guard let part = parts.firstIndex(where: { $0.contains(number) }) else {
      preconditionFailure("face \(number) was not asked for: \(parts)")
    }
    let picture = try decoder.pixels(
      of: jpeg, width: CelebA.width, height: CelebA.height, file: file)
    let place = number - parts[part].lowerBound
    let start = place * Self.bytesPerImage
    pixels[part].replaceSubrange(
      start..<start + Self.bytesPerImage, with: shrink.apply(picture))
    isHere[part][place] = true
    count += 1
  }

  /// The faces of each part, all of one class.
  var images: [LabelledImages] {
    zip(parts, pixels).map { part, pixels in
      LabelledImages(
        images: pixels, labels: [UInt8](repeating: 0, count: part.count), height: CelebA.side,
        width: CelebA.side, channels: 3, classes: 1)
    }
  }
}
