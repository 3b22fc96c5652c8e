import Kernels

/// Rows of pictures: test images, and below them what an attack made of each for each model.
struct ExamplePictures {
  private let images: LabelledImages
  private let columns: Int
  private var pixels: [UInt8]

  /// Starts with the first images as they are.
  init(_ images: LabelledImages, columns: Int) {
    self.images = images
    self.columns = columns
    pixels = []
    add(images.images.prefix(columns * images.pixelsPerImage))
  }

  /// Adds a row for one model: the first images it was attacked on.
  ///
  /// A model of two classes has its own images. Numbers that are no pixels, because the model sees
  /// its images encoded, are shown over their own range, picture by picture.
  mutating func add(_ test: Evaluator, _ perturbed: Tensor) {
    let values = perturbed.values.prefix(columns * images.pixelsPerImage)
    add(test.encoding is UnitRange ? grey(values) : ownRange(Array(values)))
  }

  /// Adds a row, and empty pictures where there are too few.
  private mutating func add(_ row: some Collection<UInt8>) {
    pixels += row
    pixels += repeatElement(0, count: columns * images.pixelsPerImage - row.count)
  }

  private func ownRange(_ values: [Float]) -> [UInt8] {
    let size = images.pixelsPerImage
    return stride(from: 0, to: values.count, by: size).flatMap { start -> [UInt8] in
      let picture = values[start..<min(start + size, values.count)]
      let (low, high) = (picture.min() ?? 0, picture.max() ?? 0)
      return grey(picture.map { ($0 - low) / max(high - low, .leastNormalMagnitude) })
    }
  }

  /// The picture.
  func grid(caption: String) -> ImageGrid {
    ImageGrid(
      caption: caption, height: images.height, width: images.width, channels: images.channels,
      columns: columns, pixels: interleaved(pixels, like: images))
  }
}

/// Pictures stored channel by channel as pictures whose channels alternate.
func interleaved(_ pixels: [UInt8], like images: LabelledImages) -> [UInt8] {
  guard images.channels > 1 else { return pixels }
  let (size, plane) = (images.pixelsPerImage, images.height * images.width)
  return stride(from: 0, to: pixels.count, by: size).flatMap { start in
    (0..<plane).flatMap { place in
      (0..<images.channels).map { pixels[start + $0 * plane + place] }
    }
  }
}

/// Values in 0…1 as grey levels; what lies beyond is shown as black or white.
func grey(_ values: some Sequence<Float>) -> [UInt8] {
  values.map { UInt8((min(max($0, 0), 1) * 255).rounded()) }
}

/// Values of either sign as grey levels: zero is mid-grey, the largest magnitude black or white.
func signedGrey(_ values: [Float]) -> [UInt8] {
  let largest = max(values.map(abs).max() ?? 0, .leastNormalMagnitude)
  return grey(values.map { ($0 / largest + 1) / 2 })
}
