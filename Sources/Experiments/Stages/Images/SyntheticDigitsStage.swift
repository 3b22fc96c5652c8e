import Contract
import Datasets
import Kernels

/// Draws a data set of synthetic digits.
package struct SyntheticDigitsStage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "synthetic-digits"
  /// One sentence for `help` and for the report.
  package static let summary = "Draws handwritten-looking digits; needs no data and no network."
  /// It reads no other stage.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("digits"), .table("provenance", "file", "bytes", "sha256", "source"),
  ]
  /// Drawing keeps one core busy.
  package static let isParallel = false

  private let train: Int
  private let validation: Int
  private let test: Int

  /// Takes `train`, `validation` and `test`: how many images each part has.
  package init(options: inout OptionReader) throws(OptionError) {
    train = try options.int("train", in: 1...1_000_000)
    validation = try options.int("validation", in: 0...1_000_000)
    test = try options.int("test", in: 1...1_000_000)
  }

  /// Gives `digits` and `provenance`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = SyntheticDigits.parts(
      train: train, validation: validation, test: test, seed: context.seed)
    return StageOutput(
      artifacts: ["digits": .tensors(digits.bundle), "provenance": .table(provenance(of: digits))],
      conditions: digits.conditions)
  }

  private func provenance(of digits: DigitImages) -> Table {
    var table = Provenance.table(
      caption: "Images drawn by this project; no file was read. Digests are of the pixels.")
    for (split, images) in [
      (DigitImages.Split.train, digits.train), (.validation, digits.validation),
      (.test, digits.test),
    ] {
      table.append([
        .text("\(split).images"), .integer(images.images.count),
        .text(SHA256.hex(of: images.images)), .text(digits.name),
      ])
    }
    return table
  }
}
