import Contract
import Datasets
import Kernels
import Measures

/// Rows of pictures: test images, and below them what an attack made of each for each model.
package struct ExamplePictures {
  private let images: LabelledImages
  private let columns: Int
  private var pixels: [UInt8]

  /// Starts with the first images as they are.
  package init(_ images: LabelledImages, columns: Int) {
    self.images = images
    self.columns = columns
    pixels = []
    add(images.images.prefix(columns * images.pixelsPerImage))
  }

  /// Adds a row for one model: the first images it was attacked on.
  ///
  /// A model of two classes has its own images. Numbers that are no pixels, because the model sees
  /// its images encoded, are shown over their own range, picture by picture.
  package mutating func add(_ test: Evaluator, _ perturbed: Tensor) {
    let shown = perturbed.rows(0..<min(columns, perturbed.shape[0]))
    test.encoding is UnitRange
      ? add(grey(shown.values)) : addInterleaved(OwnRange(like: images).pixels(shown))
  }

  /// Adds a row of pictures as data sets keep them.
  private mutating func add(_ row: some Collection<UInt8>) {
    addInterleaved(
      ImageGrid.interleaved(
        Array(row), channels: images.channels, plane: images.height * images.width))
  }

  /// Adds a row, and empty pictures where there are too few.
  private mutating func addInterleaved(_ row: [UInt8]) {
    pixels += ImageGrid.filled(row, to: columns * images.pixelsPerImage)
  }

  /// The picture.
  package func grid(caption: String) -> ImageGrid {
    ImageGrid(
      caption: caption, height: images.height, width: images.width, channels: images.channels,
      columns: columns, pixels: pixels)
  }
}
