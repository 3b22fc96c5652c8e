/// Reads MNIST and sets the last training images aside for validation.
public struct MNISTStage: Stage {
  /// The word that names this kind of stage in the spec.
  public static let kind = "mnist"
  /// One sentence for `help` and for the report.
  public static let summary = "Reads the MNIST digits from their original, verified files."
  /// It reads no other stage.
  public static let inputs: [InputSlot] = []
  /// Reading keeps one core busy.
  public static let isParallel = false

  /// The files that must be there.
  public static let dataSets = ["mnist"]

  private let validation: Int

  /// Takes `validation`: how many of the 60,000 training images are held out, from the end.
  public init(options: inout OptionReader) throws(OptionError) {
    validation = try options.int("validation", in: 1...59_999)
  }

  /// Gives `digits` and `provenance`.
  public func run(_ context: StageContext) throws -> StageOutput {
    try IDXDataSet(MNIST.info).output(from: context.data, holdingOut: validation)
  }
}
