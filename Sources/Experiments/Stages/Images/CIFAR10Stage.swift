import Contract
import Datasets

/// Reads CIFAR-10 and sets the last training images aside for validation.
///
/// Where the 10,000 official test images are not at hand, the fifth training batch takes their
/// place, and models learn from the other four.
package struct CIFAR10Stage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "cifar-10"
  /// One sentence for `help` and for the report.
  package static let summary = "Reads the CIFAR-10 pictures from their original, verified files."
  /// It reads no other stage.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("digits"), .table("provenance", "file", "bytes", "sha256", "source"),
  ]
  /// Reading keeps one core busy.
  package static let isParallel = false

  /// The files that must be there.
  package static let dataSets = ["cifar-10"]

  private let validation: Int
  private let trainImages: Int
  private var manifest = CIFAR10.info

  /// Takes `validation`, how many training images are held out from the end, and `train-images`, the
  /// most that are learnt from; 50,000 is all there are.
  package init(options: inout OptionReader) throws(OptionError) {
    validation = try options.int("validation", in: 1...39_999)
    trainImages = try options.int("train-images", in: 1...50_000)
  }

  /// The same with another manifest, for tests.
  package init(validation: Int, trainImages: Int, manifest: DataSetInfo) {
    self.validation = validation
    self.trainImages = trainImages
    self.manifest = manifest
  }

  /// Gives `digits`, whose images are no digits here, and `provenance`.
  package func run(_ context: StageContext) throws -> StageOutput {
    do throws(DataFileError) {
      let batches = try CIFAR10Batches(from: context.data, manifest: manifest)
      return output(batches)
    } catch {
      throw error.failure
    }
  }

  private func output(_ batches: CIFAR10Batches) -> StageOutput {
    let isOfficial = batches.test != nil
    let learnt = isOfficial ? batches.training[...] : batches.training.dropLast()
    let test = batches.test ?? batches.training[batches.training.count - 1]
    let all = learnt.dropFirst().reduce(learnt[0].images) { $0.followed(by: $1.images) }
    let split = DigitImages(
      name: manifest.name, train: all, validation: all.subset(0..<0), test: test.images
    ).holdingOut(last: validation)
    let images = split.learning(fromFirst: trainImages)
    var conditions = images.conditions
    conditions["split"] = isOfficial ? "official" : "batch 5 held out"
    return StageOutput(
      artifacts: [
        "digits": .tensors(images.bundle),
        "provenance": .table(provenance(of: batches.training + [batches.test].compactMap { $0 })),
      ],
      conditions: conditions,
      deviations: deviations(images, available: split.train.count, isOfficial: isOfficial))
  }

  private func deviations(
    _ images: DigitImages, available: Int, isOfficial: Bool
  ) -> [Deviation] {
    var deviations: [Deviation] = []
    if !isOfficial {
      deviations.append(
        Deviation(
          "CIFAR-10 is tested on the \(images.test.count) images of training batch 5, and models"
            + " learn from batches 1 to 4",
          because: "the official test images are not all at hand; with a fifth fewer images to"
            + " learn from, errors are expected to be somewhat higher"))
    }
    if let fewer = TrainImagesOption.deviation("CIFAR-10", images, of: available) {
      deviations.append(fewer)
    }
    return deviations
  }

  // What is listed is the unpacked content and its public home: the same data must give the same
  // bytes wherever it lies and whether it is packed or not.
  private func provenance(of batches: [CIFAR10Batches.Batch]) -> Table {
    let source = "\(manifest.mirrors[0])/\(manifest.files[0].packed.name)"
    return Provenance.ofFiles(
      caption: "Files of the data set \(manifest.name) as they are after unpacking.",
      batches.map { (facts: $0.facts, source: source) })
  }
}
