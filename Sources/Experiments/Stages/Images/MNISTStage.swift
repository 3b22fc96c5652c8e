import Contract
import Datasets

/// Reads MNIST and sets the last training images aside for validation.
package struct MNISTStage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "mnist"
  /// One sentence for `help` and for the report.
  package static let summary = "Reads the MNIST digits from their original, verified files."
  /// It reads no other stage.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("digits"), .table("provenance", "file", "bytes", "sha256", "source"),
  ]
  /// Reading keeps one core busy.
  package static let isParallel = false

  /// The files that must be there.
  package static let dataSets = ["mnist"]

  private let validation: Int

  /// Takes `validation`: how many of the 60,000 training images are held out, from the end.
  package init(options: inout OptionReader) throws(OptionError) {
    validation = try options.int("validation", in: 1...59_999)
  }

  /// Gives `digits` and `provenance`.
  package func run(_ context: StageContext) throws -> StageOutput {
    try IDXDataSet(MNIST.info).output(from: context.data, holdingOut: validation)
  }
}
