import Attacks
import Contract
import Kernels

/// The error of each model against ε, from clean images on.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
package struct EpsilonSweep: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "fgsm-sweep"
  /// One sentence for `help` and for the report.
  package static let summary = "Error of models under FGSM over a range of ε."
  /// The digits to attack, and the models.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("sweep", "model", "replicate", "epsilon", "error_rate", "accuracy", "confidence"),
    .plot("curve"),
  ]
  /// Many ε times many models are worth the cores.
  package static let isParallel = true
  /// Each row is about one model.
  package static let rowInputs = ["models": ["model"]]

  private let epsilons: [Double]
  private let clips: Bool

  /// Takes the list `epsilons`, in pixel units, and `clip`.
  package init(options: inout OptionReader) throws(OptionError) {
    epsilons = try options.doubles("epsilons", in: 0...1)
    clips = try options.bool("clip")
  }

  /// Gives the table `sweep` and the plot `curve`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    var table = Table(
      caption: "Error on the test images under FGSM, \(clips ? "clipped to 0…1" : "not clipped").",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("epsilon", "ε"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("accuracy", "accuracy", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
    var series: [Plot.Series] = []
    for (m, model) in models.enumerated() {
      let (classifier, test) = try model.subject(digits.test, in: context.workspace)
      let results = try test.attacked(
        classifier, byEach: epsilons.map { FGSM(LInfBall(epsilon: Float($0), clips: clips)) })
      for (epsilon, result) in zip(epsilons, results) {
        table.append([
          .text(model.name), .integer(model.replicate), .number(epsilon), result.errorCell,
          .proportion(hits: result.count - result.errors, total: result.count),
          result.confidenceCell,
        ])
      }
      context.progress(Progress(m + 1, of: models.count, unit: "models", detail: model.stage))
      series.append(
        Plot.Series(model.stage, points: zip(epsilons, results).map { $1.errorPoint(at: $0) }))
    }
    return context.inheriting(
      [
        "sweep": .table(table),
        "curve": .plot(
          Plot(
            caption: "Error against ε, with Wilson 95 % intervals over the test images.",
            title: "FGSM: error against ε", xLabel: "ε (pixel units, 0…1)",
            yLabel: "error (%)", yRange: 0...100, series: series)),
      ],
      conditions: ["attack": "fgsm", "clipping": "\(clips)"])
  }
}
