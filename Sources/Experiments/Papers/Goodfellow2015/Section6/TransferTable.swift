import Kernels

/// Errors of models on adversarial examples that were made for another model.
///
/// Goodfellow, Shlens & Szegedy 2014, §6.
public struct TransferTable: Stage {
  /// The word that names this kind of stage in the spec.
  public static let kind = "transfer-table"
  /// One sentence for `help` and for the report.
  public static let summary =
    "Error of each model on the FGSM examples of each (Goodfellow, Shlens & Szegedy 2014, section 6)."
  /// The digits to attack, and the models, which must know the same classes.
  public static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// One step is soon done.
  public static let isParallel = false

  private let epsilon: Double
  private let clips: Bool

  /// Takes `epsilon`, in pixel units, and `clip`.
  public init(options: inout OptionReader) throws(OptionError) {
    epsilon = try options.double("epsilon", in: 0...1)
    clips = try options.bool("clip")
  }

  /// Gives the table `transfer`, a row a pair of models.
  public func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let inputs = context.inputs["models"] ?? []
    let models = try inputs.map { try $0.classifier(in: context.workspace) }
    guard let classes = models.first?.classes, models.allSatisfy({ $0.classes == classes }) else {
      throw StageFailure(
        .data, "models between which examples are carried must know the same classes")
    }
    let test = Evaluator(digits.test, for: classes, in: context.workspace)
    let attack = FGSM(Ball(epsilon: Float(epsilon), clips: clips))
    var table = Table(
      caption: "Error on the test images under FGSM with ε = \(epsilon)"
        + "\(clips ? ", clipped to 0…1" : ", not clipped"), made on one model and shown to another.",
      columns: [
        Table.Column("source", "made on"), Table.Column("source_replicate", "run"),
        Table.Column("target", "shown to"), Table.Column("target_replicate", "run"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
    for (source, maker) in zip(inputs, models) {
      for (target, judge) in zip(inputs, models) {
        let result = try test.transferred(attack, from: maker, to: judge, seed: context.seed)
        table.append([
          .text(source.name), .integer(source.replicate), .text(target.name),
          .integer(target.replicate), .proportion(hits: result.errors, total: result.count),
          .measured(result.confidenceOnMistakes),
        ])
      }
      context.progress(
        Progress(
          (inputs.firstIndex { $0.stage == source.stage } ?? 0) + 1, of: inputs.count,
          unit: "models", detail: source.stage))
    }
    return context.inheriting(
      ["transfer": .table(table)],
      conditions: ["attack": "fgsm", "epsilon": "\(epsilon)", "clipping": "\(clips)"])
  }
}
