import Contract
import Datasets

/// Reads the Semeion digits and gives them the size of MNIST's, all of them to test on.
///
/// There is nothing to learn from: the images show how a model that learnt elsewhere does on digits
/// of other people.
package struct SemeionStage: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "semeion"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Reads the Semeion digits from their original, verified file, in the size of MNIST's."
  /// It reads no other stage.
  package static let inputs: [InputSlot] = []
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("digits"), .table("provenance", "file", "bytes", "sha256", "source"),
  ]
  /// Reading keeps one core busy.
  package static let isParallel = false

  /// The files that must be there.
  package static let dataSets = ["semeion"]

  /// Rows and columns of what comes out.
  package static let side = 28

  private let margin: Int
  private var manifest = Semeion.info

  /// Takes `margin`: how many pixels stay black along every edge; MNIST leaves four.
  package init(options: inout OptionReader) throws(OptionError) {
    margin = try options.int("margin", in: 0...13)
  }

  /// The same with another manifest, for tests.
  package init(margin: Int, manifest: DataSetInfo) {
    self.margin = margin
    self.manifest = manifest
  }

  /// Gives `digits`, with all images in the part `test`, and `provenance`.
  package func run(_ context: StageContext) throws -> StageOutput {
    do throws(DataFileError) {
      let files = try manifest.verify(in: context.data)
      return output(try Semeion.images(of: files[0].path))
    } catch {
      throw error.failure
    }
  }

  private func output(_ original: LabelledImages) -> StageOutput {
    let scale = SquareScale(from: Semeion.side, to: Self.side, margin: margin)
    let test = LabelledImages(
      images: (0..<original.count).flatMap { scale.apply(original.image($0)) },
      labels: original.labels, height: Self.side, width: Self.side)
    let none = test.subset(0..<0)
    let digits = DigitImages(name: manifest.name, train: none, validation: none, test: test)
    let inner = Self.side - 2 * margin
    return StageOutput(
      artifacts: [
        "digits": .tensors(digits.bundle), "provenance": .table(Provenance.ofPackedFiles(manifest)),
      ],
      conditions: digits.conditions.merging(["semeion/margin": "\(margin)"]) { $1 },
      deviations: [
        Deviation(
          "Semeion digits of \(Semeion.side)×\(Semeion.side) pixels are scaled to"
            + " \(inner)×\(inner) in the middle of \(Self.side)×\(Self.side), by the mean over the"
            + " area of a pixel",
          because: "the paper does not say how it made them fit; how alike they are to MNIST's"
            + " digits, and so the accuracy, depends on it")
      ])
  }
}
