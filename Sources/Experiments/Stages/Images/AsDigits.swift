import Contract
import Datasets

/// Makes pictures fit a network that reads MNIST: 28×28 pixels, grey.
///
/// Colours become their luminance, (299·R + 587·G + 114·B) / 1000 as ITU-R BT.601 has it, rounded
/// once, halves up. What is larger loses as much on either side, what is smaller gets a black border;
/// of an odd number of rows or columns the last side takes one more.
package struct AsDigits: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "as-digits"
  /// One sentence for `help` and for the report.
  package static let summary = "Cuts pictures to 28×28 and makes them grey, for networks of MNIST."
  /// The pictures.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [.tensors("digits")]
  /// There is little to compute.
  package static let isParallel = false

  /// Rows and columns of what comes out.
  package static let side = 28

  private static let luminance = [299, 587, 114]

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// Gives `digits` under the name that the data set has.
  package func run(_ context: StageContext) throws -> StageOutput {
    let data = try context.input("data").digits()
    guard [1, 3].contains(data.test.channels) else {
      throw StageFailure(
        .data,
        "‘\(data.name)’ has \(data.test.channels) channels; only grey or red, green and blue can be"
          + " made grey")
    }
    let digits = DigitImages(
      name: data.name, train: Self.fitted(data.train), validation: Self.fitted(data.validation),
      test: Self.fitted(data.test))
    let size = "\(data.test.height)×\(data.test.width)"
    return context.inheriting(
      ["digits": .tensors(digits.bundle)],
      deviations: [
        Deviation(
          "\(data.name) images of \(size) pixels are cut or padded to \(Self.side)×\(Self.side)"
            + (data.test.channels == 1 ? "" : " and made grey by their luminance"),
          because: "a network of MNIST takes no others, and the paper does not say how it made them"
            + " fit")
      ])
  }

  /// The same images in grey and in the middle of 28×28 pixels.
  static func fitted(_ images: LabelledImages) -> LabelledImages {
    let (top, left) = (start(images.height), start(images.width))
    let plane = images.height * images.width
    var pixels = [UInt8](repeating: 0, count: images.count * side * side)
    for index in 0..<images.count {
      let image = images.image(index)
      for row in 0..<side where (0..<images.height).contains(row + top) {
        for column in 0..<side where (0..<images.width).contains(column + left) {
          let place = image.startIndex + (row + top) * images.width + column + left
          pixels[(index * side + row) * side + column] =
            images.channels == 1
            ? image[place]
            : grey(image[place], image[place + plane], image[place + 2 * plane])
        }
      }
    }
    return LabelledImages(
      images: pixels, labels: images.labels, height: side, width: side, classes: images.classes)
  }

  /// Where the cut begins, negative for a border.
  private static func start(_ length: Int) -> Int {
    length >= side ? (length - side) / 2 : -((side - length) / 2)
  }

  private static func grey(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let sum = luminance[0] * Int(red) + luminance[1] * Int(green) + luminance[2] * Int(blue)
    return UInt8((sum + 500) / 1000)
  }
}
