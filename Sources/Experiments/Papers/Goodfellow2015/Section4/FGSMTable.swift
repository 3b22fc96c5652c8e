import Attacks
import Contract
import Kernels
import Measures
import Stages

/// The numbers of Goodfellow, Shlens & Szegedy 2014, §4 to §7: the error of each model on clean images and
/// under FGSM, with its confidence.
package struct FGSMTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "fgsm-table"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Error and confidence of models on clean images and under FGSM (Goodfellow, Shlens & Szegedy 2014, sections 4 to 7)."
  /// The digits to attack, and the models.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .tensors("predictions"),
    .table(
      "attack", "model", "replicate", "train_error_rate", "clean_error_rate", "clean_confidence",
      "error_rate", "confidence"), .images("examples"),
  ]
  /// One step is soon done.
  package static let isParallel = false
  /// Pictures alone.
  package static let neutralOptions: Set<String> = ["examples"]
  /// Each row is about one model.
  package static let rowInputs = ["models": ["model"]]

  private let fgsm: FGSMSettings
  private let examples: Int

  /// Takes `epsilon` in pixel units, `clip`, and how many `examples` to keep for export.
  package init(options: inout OptionReader) throws(OptionError) {
    fgsm = try FGSMSettings(&options)
    examples = try options.int("examples", in: 10...10_000)
  }

  /// Gives the table `attack`, the pictures `examples` and the arrays `predictions`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    var table = emptyTable
    var conditions = fgsm.conditions
    var kept = TensorBundle(
      [:], metadata: ["attack": "FGSM, epsilon \(fgsm.epsilon), clip \(fgsm.clips)"])
    var pictures = ExamplePictures(digits.test, columns: 10)
    for (i, model) in models.enumerated() {
      let (classifier, test) = try model.subject(digits.test, in: context.workspace)
      let train = try model.evaluator(digits.train, for: classifier, in: context.workspace)
      let clean = test.evaluate(classifier)
      let adversarial = try test.attacked(classifier, by: fgsm.attack, seed: context.seed)
      table.append(
        row(model, clean, adversarial, seen: train.evaluate(classifier)))
      if classifier.classes.count < digits.test.classes {
        let name = classifier.classes.map(String.init).joined(separator: "v")
        conditions["\(name)/test-images"] = "\(test.images.count)"
      }
      let shown = try test.perturbed(
        0..<min(examples, test.images.count), by: fgsm.attack, against: classifier,
        seed: context.seed)
      kept.add(model.stage, test, clean, adversarial, shown)
      if model.replicate == 1 { pictures.add(test, shown) }
      context.progress(Progress(i + 1, of: models.count, unit: "models", detail: model.stage))
    }
    return context.inheriting(
      [
        "attack": .table(table), "predictions": .tensors(kept),
        "examples": .images(
          pictures.grid(
            caption: "Ten test digits and what FGSM makes of them at ε = \(fgsm.epsilon): "
              + "clean, then for \(models.filter { $0.replicate == 1 }.map(\.name).joined(separator: ", "))"
              + (fgsm.clips
                ? "." : " (values beyond black and white are shown as black and white)."))),
      ],
      conditions: conditions)
  }

  private var emptyTable: Table {
    Table(
      caption: "Error on the test images and mean confidence of the wrong answers, clean and under"
        + " FGSM with \(fgsm.fullText).",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("train_error_rate", "training error", unit: "%", decimals: 2),
        Table.Column("clean_error_rate", "clean error", unit: "%", decimals: 2),
        Table.Column("clean_confidence", "clean confidence", unit: "%", decimals: 1),
        Table.Column("error_rate", "error under FGSM", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
  }

  private func row(
    _ model: StageInput, _ clean: Evaluation, _ adversarial: Evaluation, seen: Evaluation
  ) -> [Table.Cell] {
    [
      .text(model.name), .integer(model.replicate),
      seen.errorCell,
      clean.errorCell, .measured(clean.confidence),
      adversarial.errorCell, adversarial.confidenceCell,
    ]
  }
}

extension TensorBundle {
  /// Keeps what a model answered on every image, and the first images as the attack left them.
  fileprivate mutating func add(
    _ model: String, _ test: Evaluator, _ clean: Evaluation, _ adversarial: Evaluation,
    _ shown: Tensor
  ) {
    let count = [clean.count]
    let names = { (evaluation: Evaluation) in
      NumericArray.Elements.uint8(evaluation.answers.map { UInt8($0.label) })
    }
    arrays["\(model).labels"] = NumericArray(
      shape: count, .uint8(clean.labels.map { UInt8($0) }))
    arrays["\(model).clean"] = NumericArray(shape: count, names(clean))
    arrays["\(model).adversarial"] = NumericArray(shape: count, names(adversarial))
    arrays["\(model).confidence"] = NumericArray(
      shape: count, .float32(adversarial.answers.map(\.confidence)))
    arrays["\(model).images"] = NumericArray(
      shape: [shown.shape[0]] + test.images.shape, .float32(shown.values))
  }
}
