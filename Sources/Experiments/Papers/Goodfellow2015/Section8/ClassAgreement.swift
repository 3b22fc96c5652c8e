import Attacks
import Contract
import Kernels
import Measures

/// Which class other models give to the mistakes of one model under attack.
///
/// Goodfellow, Shlens & Szegedy 2014, §8: were the models nearly linear, they would not only err on the
/// same images but also in the same way.
///
/// The paper says “over the maxout network's mistakes” and “where both models being compared make
/// mistakes”; both are given for each pair. Of the RBF network's agreement with softmax regression it
/// does not say over which images: they are those that the source gets wrong, as before.
package struct ClassAgreement: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "class-agreement"
  /// One sentence for `help` and for the report.
  package static let summary =
    "How often models name the same class on one model's adversarial examples (Goodfellow, Shlens & Szegedy 2014, section 8)."
  /// The digits, the model whose gradient makes the images, and those that are asked as well.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("source", artifacts: ["weights"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("agreement", "model", "replicate", "named_by", "source_mistakes", "both_wrong"),
    .table("transfer", "model", "replicate", "error_rate", "confidence"),
  ]
  /// One step is soon done.
  package static let isParallel = false

  private let attack: any AttackPiece

  /// Takes the `attack`.
  package init(options: inout OptionReader) throws(OptionError) {
    attack = try options.piece("attack", of: AttackCatalogue.attacks)
  }

  /// Gives the tables `agreement` and `transfer`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let source = context.input("source")
    let models = context.inputs["models"] ?? []
    let (attacked, test) = try source.subject(digits.test, in: context.workspace)
    let others = try models.map { model in
      let classifier = try model.classifier(in: context.workspace)
      guard classifier.classes == attacked.classes else {
        throw StageFailure(
          .data,
          "‘\(model.stage)’ names the classes \(classifier.classes), ‘\(source.stage)’ names"
            + " \(attacked.classes); only models of the same classes can agree")
      }
      return classifier
    }
    let results = try test.answers(
      of: others, onAttackOf: attacked,
      by: attack.attack(onImagesOf: test.images.pixelsPerImage), seed: context.seed)
    let named = [(source, results.source)] + zip(models, results.others)
    return context.inheriting(
      ["agreement": .table(agreement(named)), "transfer": .table(transfer(named))],
      conditions: ["attack": type(of: attack).kind],
      deviations: [
        Deviation(
          "class agreement: all images are made on \(source.name) with \(attack.words), and the RBF"
            + " network's agreement with softmax regression is taken over the mistakes of"
            + " \(source.name)",
          because: "the paper does not print ε here, nor the images of its last comparison; the"
            + " column for images that both get wrong shows the other reading")
      ])
  }

  /// Each model against each one before it, the source first.
  private func agreement(_ named: [(model: StageInput, result: Evaluation)]) -> Table {
    var table = Table(
      caption: "How often a model names the class that another one names, on images made on"
        + " \(named[0].model.stage) with \(attack.words): over the"
        + " images that \(named[0].model.stage) gets wrong, and over those of them that both of the"
        + " pair get wrong.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("named_by", "class named by"),
        Table.Column("source_mistakes", "over the source's mistakes", unit: "%", decimals: 1),
        Table.Column("both_wrong", "where both are wrong", unit: "%", decimals: 1),
      ])
    for (j, first) in named.enumerated() {
      for second in named[(j + 1)...] where second.model.name != first.model.name {
        let pair = Agreement(
          of: second.result, with: first.result, onMistakesOf: named[0].result)
        table.append([
          .text(second.model.name), .integer(second.model.replicate), .text(first.model.name),
          pair.onSourceMistakes.cell, pair.bothWrong.cell,
        ])
      }
    }
    return table
  }

  /// Mistakes of every model on the same images.
  private func transfer(_ named: [(model: StageInput, result: Evaluation)]) -> Table {
    Table(
      caption: "Mistakes on the same images, which were made on \(named[0].model.stage): for the"
        + " other models this is transfer, not their own robustness.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ],
      rows: named.map { model, result in
        [
          .text(model.name), .integer(model.replicate), result.errorCell, result.confidenceCell,
        ]
      })
  }
}
