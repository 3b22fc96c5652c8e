import Attacks
import Contract
import Kernels
import Measures

/// Figure 2 of Goodfellow, Shlens & Szegedy 2014: FGSM on logistic regression, where it is exact.
///
/// The weights, their sign, threes and sevens as they are, and as the attack leaves them.
package struct Figure2: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "figure-2"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Weights of logistic regression, their sign, and perturbed digits (Goodfellow, Shlens & Szegedy 2014, figure 2)."
  /// The digits, and the logistic regression.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .images("clean"), .images("perturbed"), .images("sign"), .images("weights"),
  ]
  /// Pictures are soon made.
  package static let isParallel = false
  /// Pictures alone.
  package static let neutralOptions: Set<String> = ["rows"]

  private let epsilon: Double
  private let rows: Int

  /// Takes `epsilon` in pixel units and the number of `rows` of the two grids, which are square.
  package init(options: inout OptionReader) throws(OptionError) {
    epsilon = try options.double("epsilon", in: 0...1)
    rows = try options.int("rows", in: 1...30)
  }

  /// Gives the pictures `weights`, `sign`, `clean` and `perturbed`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let classifier = try context.input("model").classifier(in: context.workspace)
    guard let weights = classifier.weights.first, weights.shape[0] == 1 else {
      throw StageFailure(.data, "figure 2 needs a model of two classes with one affine map")
    }
    let test = Evaluator(digits.test, for: classifier.classes, in: context.workspace)
    try test.requireImages()
    let shown = 0..<min(rows * rows, test.images.count)
    let attack = FGSM(LInfBall(epsilon: Float(epsilon)))
    let perturbed = try test.perturbed(
      shown, by: attack, against: classifier, seed: context.seed)
    let names = classifier.classes.map(String.init).joined(separator: " against ")
    func grid(_ caption: String, _ pixels: [UInt8], columns: Int) -> Artifact {
      .images(
        ImageGrid(
          caption: caption, height: test.images.height, width: test.images.width,
          columns: columns, pixels: pixels))
    }
    return context.inheriting([
      "weights": grid(
        "(a) The weights of logistic regression, \(names): grey is zero.",
        signedGrey(weights.values), columns: 1),
      "sign": grid(
        "(b) Their sign, which is the direction of the attack on the first of the two.",
        signedGrey(weights.sign().values), columns: 1),
      "clean": grid(
        "(c) Test digits as they are.",
        Array(test.images.images[..<(shown.count * test.images.pixelsPerImage)]), columns: rows),
      "perturbed": grid(
        "(d) The same digits under FGSM with ε = \(epsilon).", grey(perturbed.values),
        columns: rows),
    ])
  }
}
