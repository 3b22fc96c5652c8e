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
    do throws(DataFileError) {
      let files = try MNIST.info.verify(in: context.data)
      let digits = try MNIST.load(verified: files).holdingOut(last: validation)
      return StageOutput(
        artifacts: [
          "digits": .tensors(digits.bundle), "provenance": .table(provenance(of: files)),
        ],
        conditions: digits.conditions)
    } catch {
      throw error.failure
    }
  }

  // What is listed is the unpacked content and its public home: the same data must give the same
  // bytes wherever it lies and whether it is packed or not.
  private func provenance(of files: [LocatedFile]) -> Table {
    let source = MNIST.info.mirrors[0]
    var table = Provenance.table(
      caption: "Files of the data set \(MNIST.info.name) as they are after unpacking.")
    for file in files.map(\.file) {
      table.append([
        .text(file.plain.name), .integer(file.plain.bytes), .text(file.plain.sha256),
        .text("\(source)/\(file.packed.name)"),
      ])
    }
    return table
  }
}
