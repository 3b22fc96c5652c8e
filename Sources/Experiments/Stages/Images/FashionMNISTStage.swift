import Contract
import Datasets

/// Reads Fashion-MNIST and sets the last training images aside for validation.
package struct FashionMNISTStage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "fashion-mnist"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Reads the Fashion-MNIST pictures from their original, verified files."
  /// It reads no other stage.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("digits"), .table("provenance", "file", "bytes", "sha256", "source"),
  ]
  /// Reading keeps one core busy.
  package static let isParallel = false

  /// The files that must be there.
  package static let dataSets = ["fashion-mnist"]

  private let validation: Int

  /// Takes `validation`: how many of the 60,000 training images are held out, from the end.
  package init(options: inout OptionReader) throws(OptionError) {
    validation = try options.int("validation", in: 1...59_999)
  }

  /// Gives `digits`, whose images are no digits here, and `provenance`.
  package func run(_ context: StageContext) throws -> StageOutput {
    try IDXDataSet(FashionMNIST.info).output(from: context.data, holdingOut: validation)
  }
}
