import Attacks
import Contract
import Kernels
import Measures
import Stages

/// Error, log-likelihood and entropy of each model against the ε of FGSM.
///
/// Bradshaw, Matthews & Ghahramani 2017, figures of the fast gradient sign method: what resists is
/// seen in the error, and whether a model knows that it was fooled in the other two.
package struct UncertaintySweep: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "uncertainty-sweep"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Error, log-likelihood and entropy of models under FGSM over a range of ε."
  /// The images to attack, and the models.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]),
    InputSlot("models", artifacts: ["weights"], takesMany: true),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table(
      "sweep", "model", "replicate", "epsilon", "error_rate", "log_likelihood",
      "log_likelihood_error", "entropy"), .images("examples"), .plot("entropy"), .plot("error"),
    .plot("log-likelihood"),
  ]
  /// Many ε times many models are worth the cores.
  package static let isParallel = true
  /// Pictures alone.
  package static let neutralOptions: Set<String> = ["shown", "examples"]

  private let epsilons: [Double]
  private let clips: Bool
  private let shown: Double
  private let examples: Int

  /// Takes the list `epsilons`, in pixel units, and `clip`; the ε `shown` in pictures, and how many
  /// `examples` there are.
  package init(options: inout OptionReader) throws(OptionError) {
    epsilons = try options.doubles("epsilons", in: 0...1)
    clips = try options.bool("clip")
    shown = try options.double("shown", in: 0...1)
    examples = try options.int("examples", in: 1...100)
  }

  /// Gives the table `sweep`, the plots `error`, `log-likelihood` and `entropy`, and the pictures
  /// `examples`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let images = try context.input("data").digits().test
    let models = context.inputs["models"] ?? []
    var table = Table(
      caption: "Models on the test images under FGSM, \(clips ? "clipped to 0…1" : "not clipped").",
      columns: [
        Table.Column("model", "model"), Table.Column("replicate", "run"),
        Table.Column("epsilon", "ε"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("log_likelihood", "mean log-likelihood", unit: "nats", decimals: 3),
        Table.Column("log_likelihood_error", "its standard error", unit: "nats", decimals: 3),
        Table.Column("entropy", "mean entropy", unit: "nats", decimals: 3),
      ])
    var (errors, likelihoods, entropies) = (SeedBands(), SeedBands(), SeedBands())
    var pictures = ExamplePictures(images, columns: examples)
    var named = ["the images as they are"]
    let attacks = epsilons.map { FGSM(LInfBall(epsilon: Float($0), clips: clips)) }
    for (m, model) in models.enumerated() {
      let (classifier, test) = try model.subject(images, in: context.workspace)
      let results = try test.scores(of: classifier, byEach: attacks)
      for (epsilon, result) in zip(epsilons, results) {
        table.append([
          .text(model.name), .integer(model.replicate), .number(epsilon),
          .proportion(hits: result.errors, total: result.count), .measured(result.logLikelihood),
          .measured(result.logLikelihoodError), .measured(result.entropy),
        ])
      }
      if model.replicate == 1 {
        pictures.add(
          test,
          try test.perturbed(
            0..<min(examples, test.images.count),
            by: FGSM(LInfBall(epsilon: Float(shown), clips: clips)),
            against: classifier, seed: context.seed))
        named.append(model.name)
      }
      errors.add(
        model.name, curve(results) { Double($0.errors) / Double($0.count) * 100 })
      likelihoods.add(model.name, curve(results, \.logLikelihood))
      entropies.add(model.name, curve(results, \.entropy))
      context.progress(Progress(m + 1, of: models.count, unit: "models", detail: model.stage))
    }
    return context.inheriting(
      [
        "sweep": .table(table),
        "error": .plot(plot("Error", "error (%)", 0...100, errors)),
        "log-likelihood": .plot(
          plot("Log-likelihood", "mean log-likelihood (nats)", nil, likelihoods)),
        "entropy": .plot(plot("Entropy", "mean entropy (nats)", nil, entropies)),
        "examples": .images(
          pictures.grid(
            caption:
              "Row by row: \(named.joined(separator: ", ")); each under FGSM with ε = \(shown)"
              + " against its own model.")),
      ],
      conditions: ["attack": "fgsm", "clipping": "\(clips)"])
  }

  private func curve(
    _ results: [PredictiveScores], _ value: (PredictiveScores) -> Double?
  ) -> [SeedBands.Sample?] {
    zip(epsilons, results).map { epsilon, result in
      value(result).map { SeedBands.Sample(x: epsilon, y: $0) }
    }
  }

  private func plot(
    _ what: String, _ label: String, _ range: ClosedRange<Double>?, _ bands: SeedBands
  ) -> Plot {
    Plot(
      caption: "\(what) against ε. Several runs of a model: their mean, with the lowest and the"
        + " highest.",
      title: "FGSM: \(what.lowercased()) against ε", xLabel: "ε (pixel units, 0…1)",
      yLabel: label, yRange: range, series: bands.series)
  }
}
