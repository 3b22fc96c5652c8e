import Attacks
import Contract
import Kernels

/// Errors of models on adversarial examples that were made for another model.
///
/// Goodfellow, Shlens & Szegedy 2014, §6.
package struct TransferTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "transfer-table"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Error of each model on the adversarial examples of each (Goodfellow, Shlens & Szegedy 2014, section 6)."
  /// The digits to attack, and the models, which must know the same classes.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "transfer", "source", "source_replicate", "target", "target_replicate", "error_rate",
      "confidence")
  ]
  /// One step is soon done.
  package static let isParallel = false
  /// Each row is about two models.
  package static let rowInputs = ["models": ["source", "target"]]

  private let attack: any AttackPiece

  /// Takes the `attack`.
  package init(options: inout OptionReader) throws(OptionError) {
    attack = try options.piece("attack", of: AttackCatalogue.attacks)
  }

  /// Gives the table `transfer`, a row a pair of models.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let inputs = context.inputs["models"] ?? []
    let models = try inputs.map { try $0.classifier(in: context.workspace) }
    guard let classes = models.first?.classes, models.allSatisfy({ $0.classes == classes }) else {
      throw StageFailure(
        .data, "models between which examples are carried must know the same classes")
    }
    let test = try inputs[0].evaluator(digits.test, for: models[0], in: context.workspace)
    let made = attack.attack(onImagesOf: test.images.pixelsPerImage)
    var table = Table(
      caption:
        "Error on the test images under \(attack.words), made on one model and shown to another.",
      columns: [
        Table.Column("source", "made on"), Table.Column("source_replicate", "run"),
        Table.Column("target", "shown to"), Table.Column("target_replicate", "run"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
    for (i, (source, maker)) in zip(inputs, models).enumerated() {
      let results = try test.answers(
        of: models, onAttackOf: maker, by: made, seed: context.seed)
      for (target, result) in zip(inputs, results.others) {
        table.append([
          .text(source.name), .integer(source.replicate), .text(target.name),
          .integer(target.replicate), result.errorCell, result.confidenceCell,
        ])
      }
      context.progress(
        Progress(i + 1, of: inputs.count, unit: "models", detail: source.stage))
    }
    return context.inheriting(
      ["transfer": .table(table)],
      conditions: ["attack": type(of: attack).kind])
  }
}
