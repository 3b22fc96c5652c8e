import Contract
import Datasets
import Kernels

/// Fits contrast normalisation and ZCA whitening to the training images of a data set.
package struct WhiteningStage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "whitening"
  /// One sentence for `help` and for the report.
  package static let summary = "Fits global contrast normalisation and ZCA whitening."
  /// The images.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("whitening"),
    .table(
      "fit", "train_images", "pixels", "train_deviation", "test_deviation", "residual", "steps"),
    .images("whitened"),
  ]
  /// Products of large matrices are all the work.
  package static let isParallel = true

  /// A matrix further from an inverse square root is not worth working with.
  private static let worstResidual = 1e-2
  /// Pictures beside each other in the figure.
  private static let shown = 10

  private let norm: Double
  private let bias: Double

  /// Takes `norm`, the Euclidean norm of normalised images, and `bias`, the variance that is added in
  /// every direction.
  package init(options: inout OptionReader) throws(OptionError) {
    norm = try options.double("norm", in: 1e-3...1e6)
    bias = try options.double("bias", in: 1e-3...1e6)
  }

  /// Gives `whitening`, the table `fit` and the pictures `whitened`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    guard digits.train.count > 0 && digits.test.count > 0 else {
      throw StageFailure(
        .data, "‘\(digits.name)’ must have training and test images to be whitened")
    }
    let fit = WhiteningFit(of: digits.train, norm: norm, bias: bias, in: context.workspace) {
      context.progress(Progress($0, of: $1, unit: "images"))
    }
    guard fit.residual < Self.worstResidual else {
      throw StageFailure(
        .computation,
        "the inverse square root is off by \(fit.residual), more than \(Self.worstResidual):"
          + " the images span too many orders of magnitude for a bias of \(bias)")
    }
    return context.inheriting(
      [
        "whitening": .tensors(fit.whitening.bundle),
        "fit": .table(table(fit, digits, in: context.workspace)),
        "whitened": .images(pictures(fit.whitening, digits.test, in: context.workspace)),
      ],
      conditions: ["contrast-norm": "\(norm)", "zca-bias": "\(bias)"])
  }

  private func table(
    _ fit: WhiteningFit, _ digits: DigitImages, in workspace: Workspace
  ) -> Table {
    Table(
      caption:
        "ZCA whitening of \(digits.name) after global contrast normalisation to norm \(norm),"
        + " with a bias of \(bias).",
      columns: [
        .init("train_images", "Fitted to", unit: "images"), .init("pixels", "Pixels"),
        .init("train_deviation", "Deviation of whitened training pixels", decimals: 4),
        .init("test_deviation", "Deviation of whitened test pixels", decimals: 4),
        .init("residual", "Largest element of W(C + bias·I)W − I", decimals: 6),
        .init("steps", "Steps of the inverse square root"),
      ],
      rows: [
        [
          .integer(digits.train.count), .integer(digits.train.pixelsPerImage),
          .number(fit.trainingDeviation),
          .number(deviation(of: digits.test, fit.whitening, in: workspace)),
          .number(fit.residual), .integer(fit.steps),
        ]
      ])
  }

  private func deviation(
    of images: LabelledImages, _ whitening: Whitening, in workspace: Workspace
  ) -> Double {
    var (sum, squares) = (0.0, 0.0)
    for start in stride(from: 0, to: images.count, by: Whitening.block) {
      let rows = start..<min(start + Whitening.block, images.count)
      let block = whitening.apply(images, rows: rows, in: workspace)
      sum += Double(block.sum())
      squares += Double(block.sumOfSquares())
    }
    let count = Double(images.count * images.pixelsPerImage)
    return max(0, squares / count - sum / count * (sum / count)).squareRoot()
  }

  /// A row of images, a row of the same normalised, and a row of the same whitened.
  private func pictures(
    _ whitening: Whitening, _ images: LabelledImages, in workspace: Workspace
  ) -> ImageGrid {
    let rows = 0..<min(Self.shown, images.count)
    let size = images.pixelsPerImage
    let normalised = whitening.normalised(images, rows: rows, in: workspace).values
    let whitened = whitening.apply(images, rows: rows, in: workspace).values
    var pixels = rows.flatMap { images.image($0) }
    for values in [normalised, whitened] {
      for row in rows { pixels += visible(values[row * size..<(row + 1) * size]) }
    }
    return ImageGrid(
      caption: "Test images as they are, after contrast normalisation, and whitened. In the two"
        + " lower rows grey is zero, and each picture is stretched to its own largest value.",
      height: images.height, width: images.width, channels: images.channels, columns: rows.count,
      pixels: ImageGrid.interleaved(
        pixels, channels: images.channels, plane: images.height * images.width))
  }

  /// Numbers around zero as bytes around grey.
  private func visible(_ values: ArraySlice<Float>) -> [UInt8] {
    let largest = values.reduce(0) { max($0, $1.magnitude) }
    let scale = largest > 0 ? 127.5 / largest : 0
    return values.map { UInt8(min(max($0 * scale + 127.5, 0), 255).rounded()) }
  }
}
