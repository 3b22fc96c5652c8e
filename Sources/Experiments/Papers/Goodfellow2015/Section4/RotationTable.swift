import Attacks
import Contract
import Kernels

/// Errors of models when images are rotated towards the gradient of their loss.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
package struct RotationTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "rotation-table"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Error of models when images turn towards the gradient (Goodfellow, Shlens & Szegedy 2014, section 4)."
  /// The images to attack, and the models.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("rotation", "model", "replicate", "cosine", "perturbation", "error_rate", "confidence")
  ]
  /// A few steps are soon done.
  package static let isParallel = false

  private let cosines: [Double]

  /// Takes the list `cosines` of the angles, 1 being none and 0 a right angle.
  package init(options: inout OptionReader) throws(OptionError) {
    cosines = try options.doubles("cosines", in: 0...1)
  }

  /// Gives the table `rotation`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    var table = Table(
      caption: "Error on the test images when each is rotated towards the gradient of its loss, its"
        + " length kept. The perturbation is the mean distance moved, relative to the image's length.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("cosine", "cos θ"),
        Table.Column("perturbation", "perturbation", unit: "%", decimals: 1),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
    for (m, model) in models.enumerated() {
      let (classifier, test) = try model.subject(digits.test, in: context.workspace)
      let results = try test.attacked(
        classifier, byEach: cosines.map { GradientRotation(Cone(cosine: $0)) })
      for (cosine, result) in zip(cosines, results) {
        table.append([
          .text(model.name), .integer(model.replicate), .number(cosine),
          // Both ends of the chord lie at the image's length from black.
          .number((2 - 2 * cosine).squareRoot() * 100),
          result.errorCell, result.confidenceCell,
        ])
      }
      context.progress(Progress(m + 1, of: models.count, unit: "models", detail: model.stage))
    }
    return context.inheriting(["rotation": .table(table)], conditions: ["attack": "rotation"])
  }
}
