import Contract
import Datasets

/// Reads the aligned faces of CelebA in their official split, in one class, shrunk to 64×64.
///
/// Of each 178×218 original the central 148×148 pixels are kept; see `SquareShrink`.
package struct CelebAStage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "celeba"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Reads the aligned CelebA faces and shrinks their central squares to 64×64."
  /// It reads no other stage.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("digits"), .table("provenance", "file", "bytes", "sha256", "source"),
  ]
  /// Decoding keeps one core busy.
  package static let isParallel = false

  /// The files that must be there.
  package static let dataSets = ["celeba"]

  /// Steps of the progress that are shown one by one.
  private static let progressStep = 100

  private let trainImages: Int
  private let validationImages: Int
  private let testImages: Int
  private var manifest = CelebA.info
  private var parts = CelebA.official

  /// Takes `train-images`, `validation-images` and `test-images`: of each part of the official split,
  /// the first so many are read.
  package init(options: inout OptionReader) throws(OptionError) {
    trainImages = try options.int("train-images", in: 1...CelebA.official.train.count)
    validationImages = try options.int(
      "validation-images", in: 1...CelebA.official.validation.count)
    testImages = try options.int("test-images", in: 1...CelebA.official.test.count)
  }

  /// The same with another manifest and another split, for tests.
  package init(
    trainImages: Int, validationImages: Int, testImages: Int, manifest: DataSetInfo,
    parts: CelebA.Parts
  ) {
    self.trainImages = trainImages
    self.validationImages = validationImages
    self.testImages = testImages
    self.manifest = manifest
    self.parts = parts
  }

  /// Gives `digits`, whose images are faces here, and `provenance`.
  package func run(_ context: StageContext) throws -> StageOutput {
    do throws(DataFileError) {
      let wanted = [
        first(trainImages, of: parts.train), first(validationImages, of: parts.validation),
        first(testImages, of: parts.test),
      ]
      let progress = { (done: Int, total: Int) in
        guard done % Self.progressStep == 0 || done == total else { return }
        context.progress(Progress(done, of: total, unit: "images"))
      }
      if let folder = manifest.unpackedFolder(in: context.data) {
        let (images, content) = try CelebAFaces.read(
          wanted, fromFolder: folder, progress: progress)
        return output(images, content, source: "a folder; there is no digest to compare with")
      }
      let archive = try manifest.verify(in: context.data)[0]
      let images = try CelebAFaces.read(wanted, fromArchive: archive.path, progress: progress)
      return output(
        images, archive.facts, source: "\(manifest.mirrors[0])/\(archive.facts.name)")
    } catch {
      throw error.failure
    }
  }

  private func first(_ count: Int, of part: ClosedRange<Int>) -> ClosedRange<Int> {
    part.lowerBound...min(part.upperBound, part.lowerBound + count - 1)
  }

  private func output(
    _ images: [LabelledImages], _ content: DataSetFile.Facts, source: String
  ) -> StageOutput {
    let faces = DigitImages(
      name: manifest.name, train: images[0], validation: images[1], test: images[2])
    return StageOutput(
      artifacts: [
        "digits": .tensors(faces.bundle),
        "provenance": .table(
          Provenance.ofFiles(
            caption: "What the images of the data set \(manifest.name) were read from.",
            [(content, source)])),
      ],
      conditions: faces.conditions, deviations: deviations(faces))
  }

  private func deviations(_ faces: DigitImages) -> [Deviation] {
    var deviations: [Deviation] = []
    if let fewer = TrainImagesOption.deviation("CelebA", faces, of: parts.train.count) {
      deviations.append(fewer)
    }
    if faces.test.count < parts.test.count {
      deviations.append(
        Deviation(
          "CelebA models are tested on the first \(faces.test.count) of \(parts.test.count) images",
          because: "reading and testing are shorter so; what is measured is less certain"))
    }
    return deviations
  }
}
