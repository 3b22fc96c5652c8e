import Contract
import Datasets

/// Reads the cropped digits of SVHN and sets the last training images aside for validation.
package struct SVHNStage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "svhn"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Reads the cropped house-number digits of SVHN from their original, verified files."
  /// It reads no other stage.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("digits"), .table("provenance", "file", "bytes", "sha256", "source"),
  ]
  /// Reading keeps one core busy.
  package static let isParallel = false

  /// The files that must be there.
  package static let dataSets = ["svhn"]

  private let validation: Int
  private let trainImages: Int
  private var manifest = SVHN.info

  /// Takes `validation`, how many training images are held out from the end, and `train-images`, the
  /// most that are learnt from; 73,257 is all there are.
  package init(options: inout OptionReader) throws(OptionError) {
    validation = try options.int("validation", in: 1...73_256)
    trainImages = try options.int("train-images", in: 1...73_257)
  }

  /// The same with another manifest, for tests.
  package init(validation: Int, trainImages: Int, manifest: DataSetInfo) {
    self.validation = validation
    self.trainImages = trainImages
    self.manifest = manifest
  }

  /// Gives `digits` and `provenance`.
  package func run(_ context: StageContext) throws -> StageOutput {
    do throws(DataFileError) {
      let files = try manifest.verify(in: context.data)
      let train = try SVHN.images(of: files[0].path)
      let test = try SVHN.images(of: files[1].path)
      let all = DigitImages(
        name: manifest.name, train: train, validation: train.subset(0..<0), test: test)
      return output(all.holdingOut(last: validation))
    } catch {
      throw error.failure
    }
  }

  private func output(_ split: DigitImages) -> StageOutput {
    let digits = split.learning(fromFirst: trainImages)
    return StageOutput(
      artifacts: [
        "digits": .tensors(digits.bundle), "provenance": .table(Provenance.ofPackedFiles(manifest)),
      ],
      conditions: digits.conditions,
      deviations: [TrainImagesOption.deviation("SVHN", digits, of: split.train.count)]
        .compactMap { $0 })
  }
}
