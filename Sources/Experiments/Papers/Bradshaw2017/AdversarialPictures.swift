import Contract
import Datasets

/// Images, what an attack made of them, and the difference.
struct AdversarialPictures {
  private let images: LabelledImages

  /// How many images are shown of a model.
  private static let columns = 10

  /// Pictures of test images.
  init(_ images: LabelledImages) { self.images = images }

  /// Three rows a set with its first successes; nil where there is none.
  func grid(_ sets: [AdversarialSet], _ attack: String) -> ImageGrid? {
    let shown = sets.filter { !$0.successes.isEmpty }
    guard !shown.isEmpty else { return nil }
    return ImageGrid(
      caption: "The first images that fool \(shown.map(\.name).joined(separator: ", ")): originals,"
        + " below them what the L2 attack (\(attack)) makes of them, and the difference, of which"
        + " each picture has its own scale and zero is grey.",
      height: images.height, width: images.width, channels: images.channels,
      columns: Self.columns, pixels: shown.flatMap(rows))
  }

  private func rows(_ set: AdversarialSet) -> [UInt8] {
    let chosen = Array(set.successes.prefix(Self.columns))
    let size = images.pixelsPerImage
    let found = chosen.map { Array(set.images[$0 * size..<($0 + 1) * size]) }
    let originals = chosen.map { images.pixels(set.rows[$0]..<set.rows[$0] + 1) }
    let differences = zip(found, originals).map { found, original in
      signedGrey(zip(found, original).map { $0 - $1 })
    }
    return [originals.map { grey($0) }, found.map { grey($0) }, differences].flatMap(row)
  }

  /// A row of pictures, and empty ones where there are too few.
  private func row(_ pictures: [[UInt8]]) -> [UInt8] {
    let pixels = ImageGrid.interleaved(
      pictures.flatMap { $0 }, channels: images.channels, plane: images.height * images.width)
    return ImageGrid.filled(pixels, to: Self.columns * images.pixelsPerImage)
  }
}
