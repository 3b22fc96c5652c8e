import Contract
import Kernels
import Measures
import Models

/// How often models see something in rubbish: appendix A of Goodfellow, Shlens & Szegedy 2014.
///
/// The right answer to a draw of N(0, I) is that it belongs to no class, so a probability above one
/// half for any class is a mistake.
package struct RubbishTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "rubbish-table"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Models on Gaussian rubbish inputs (Goodfellow, Shlens & Szegedy 2014, appendix A)."
  /// The data set, for the size of its images, and the models.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("classes", "model", "replicate", "class", "share"),
    .table("rubbish", "model", "replicate", "error_rate", "confidence"),
  ]
  /// Answers are soon given.
  package static let isParallel = false
  /// Each row is about one model.
  package static let rowInputs = ["models": ["model"]]

  private let samples: Int
  private let threshold: Double

  /// Takes the number of `samples` and the `threshold` above which a probability is a mistake.
  package init(options: inout OptionReader) throws(OptionError) {
    samples = try options.int("samples", in: 1...1_000_000)
    threshold = try options.double("threshold", in: 0...1)
  }

  /// Gives the tables `rubbish` and `classes`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    let rubbish = Rubbish(
      count: samples, pixels: digits.test.pixelsPerImage, seed: context.seed,
      workspace: context.workspace)
    var (errors, classes) = (emptyErrors, emptyClasses)
    for (i, model) in models.enumerated() {
      let classifier = try model.classifier(in: context.workspace)
      let seen = try falsePositives(classifier, rubbish)
      let name: [Table.Cell] = [.text(model.name), .integer(model.replicate)]
      let confidence = seen.reduce(0.0) { $0 + Double($1.confidence) } / Double(max(seen.count, 1))
      errors.append(
        name + [
          .proportion(hits: seen.count, total: samples),
          .measured(seen.isEmpty ? nil : confidence * 100),
        ])
      for (label, digit) in classifier.classes.enumerated() {
        let own = seen.count { $0.label == label }
        classes.append(
          name + [
            .integer(digit),
            seen.isEmpty ? .missing : .proportion(hits: own, total: seen.count),
          ])
      }
      context.progress(Progress(i + 1, of: models.count, unit: "models", detail: model.stage))
    }
    return context.inheriting(
      ["rubbish": .table(errors), "classes": .table(classes)],
      conditions: ["rubbish-samples": "\(samples)", "rubbish-threshold": "\(threshold)"])
  }

  /// The answers to rubbish whose probability is above the threshold.
  private func falsePositives(
    _ classifier: Classifier, _ rubbish: Rubbish
  ) throws -> [Classifier.Answer] {
    var seen: [Classifier.Answer] = []
    try rubbish.forEachBlock { _, x in
      let answers = classifier.answers(x)
      try FiniteAnswers.require(answers, of: "a classifier")
      seen += answers.filter { Double($0.confidence) > threshold }
    }
    return seen
  }

  private var emptyErrors: Table {
    Table(
      caption: "Rubbish: the share of \(samples) draws of N(0, I) for which some class has a"
        + " probability above \(threshold), and the mean of that probability over them.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
  }

  private var emptyClasses: Table {
    Table(
      caption: "Which class is seen in rubbish: shares of the mistakes in the table above.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("class", "class"),
        Table.Column("share", "share of the mistakes", unit: "%", decimals: 1),
      ])
  }
}
