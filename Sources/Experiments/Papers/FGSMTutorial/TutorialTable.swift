import Attacks
import Contract
import Kernels
import Measures

/// The table of PyTorch's tutorial on FGSM: how many test images are still read rightly at each ε.
///
/// Images are clipped to 0…1, and those that are misread from the start are not attacked and count as
/// wrong. The sign of the gradient at the standardised input is that at the pixels, so ε is in pixel
/// units, as the tutorial has had it since 2023.
package struct TutorialTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "tutorial-table"
  /// One sentence for `help` and for the report.
  package static let summary = "Images read rightly under FGSM, as PyTorch's tutorial counts them."
  /// The digits to attack, and the network.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("counts", "model", "replicate", "epsilon", "correct"), .plot("curve"),
  ]
  /// Convolutions keep many cores busy.
  package static let isParallel = true
  /// Each row is about one model.
  package static let rowInputs = ["models": ["model"]]

  private let epsilons: [Double]

  /// Takes the list `epsilons`, in pixel units.
  package init(options: inout OptionReader) throws(OptionError) {
    epsilons = try options.doubles("epsilons", in: 0...1)
  }

  /// Gives the table `counts` and the plot `curve`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let models = context.inputs["models"] ?? []
    var table = Table(
      caption: "Test images that are read rightly as they are and under FGSM, clipped to 0…1.",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("epsilon", "ε"),
        Table.Column("correct", "right before and after", unit: "%", decimals: 2),
      ])
    var series: [Plot.Series] = []
    for (m, model) in models.enumerated() {
      let (classifier, test) = try model.subject(digits.test, in: context.workspace)
      let clean = test.evaluate(classifier)
      var points: [Plot.Point] = []
      let results = try test.attacked(
        classifier, byEach: epsilons.map { FGSM(LInfBall(epsilon: Float($0), clips: true)) })
      for (epsilon, attacked) in zip(epsilons, results) {
        let right = test.labels.indices.count {
          clean.answers[$0].label == test.labels[$0]
            && attacked.answers[$0].label == test.labels[$0]
        }
        table.append([
          .text(model.name), .integer(model.replicate), .number(epsilon),
          .proportion(hits: right, total: clean.count),
        ])
        points.append(Plot.Point(x: epsilon, y: Double(right) / Double(clean.count) * 100))
      }
      context.progress(Progress(m + 1, of: models.count, unit: "models", detail: model.stage))
      series.append(Plot.Series(model.stage, points: points))
    }
    return context.inheriting(
      [
        "counts": .table(table),
        "curve": .plot(
          Plot(
            caption: "Test images read rightly against ε.", title: "The FGSM tutorial's attack",
            xLabel: "ε (pixel units, 0…1)", yLabel: "right (%)", yRange: 0...100, series: series)),
      ],
      conditions: ["attack": "fgsm", "clipping": "true"])
  }
}
