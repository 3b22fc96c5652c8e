import Contract
import Kernels
import Models
import Training

/// Error and log-likelihood of the plain network and of its hybrid against the size of the training set.
///
/// Bradshaw, Matthews & Ghahramani 2017, the figures on MNIST and CIFAR-10, which were not seen: by what
/// is told of them, they are against training-set size.
package struct TrainingSizeTable: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "training-size"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Error and log-likelihood against training-set size (Bradshaw and others 2017)."
  /// The images to train and to judge on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("sizes", "head", "images", "error_rate", "log_likelihood"), .plot("error"),
    .plot("log-likelihood"),
  ]
  /// Convolutions keep many cores busy.
  package static let isParallel = true

  private let network: HybridNetwork
  private let batch: Int
  private let rate: Double
  private let steps: Int
  private let sizes: [Int]

  /// Takes what `train-hybrid` takes but `head`, `epochs` and `images`; the `steps` of every training and
  /// the list `sizes`.
  package init(options: inout OptionReader) throws(OptionError) {
    network = try HybridNetwork(&options, top: .softmax)
    batch = try options.int("batch", in: 1...10_000)
    rate = try options.double("learning-rate", in: 1e-6...10)
    steps = try options.int("steps", in: 1...1_000_000)
    sizes = try options.ints("sizes", in: 1...1_000_000)
  }

  /// Gives the table `sizes` and the plots `error` and `log-likelihood`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    var table = Table(
      caption: "Test error and log-likelihood after training on the first images of the set.",
      columns: [
        Table.Column("head", "on top"), Table.Column("images", "training images"),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
        Table.Column("log_likelihood", "log-likelihood", unit: "nats", decimals: 3),
      ])
    var errors: [Plot.Series] = []
    var likelihoods: [Plot.Series] = []
    var finished: [String: TensorBundle] = [:]
    let tops: [HybridNetwork.Top] = [.softmax, .rbf]
    for top in tops {
      var (wrong, likely): ([Plot.Point], [Plot.Point]) = ([], [])
      for size in sizes {
        let name = "\(top.rawValue)-\(size)"
        let part = context.with(context.checkpoint.part(name, after: finished))
        let (classifier, state) = try trained(top, size, desk, part)
        finished[name] = state
        let scores = try desk.evaluator(desk.digits.test).scores(of: classifier)
        table.append([
          .text(top.rawValue), .integer(size),
          .proportion(hits: scores.errors, total: scores.count), .measured(scores.logLikelihood),
        ])
        wrong.append(
          Plot.Point(x: Double(size), y: Double(scores.errors) / Double(scores.count) * 100))
        likely.append(Plot.Point(x: Double(size), y: scores.logLikelihood ?? 0))
      }
      errors.append(Plot.Series(top.rawValue, points: wrong))
      likelihoods.append(Plot.Series(top.rawValue, points: likely))
    }
    func plot(_ name: String, _ unit: String, _ series: [Plot.Series]) -> Artifact {
      .plot(
        Plot(
          caption: "Test \(name) against the size of the training set, at equally many steps.",
          title: "Training-set size", xLabel: "training images", yLabel: "\(name) (\(unit))",
          series: series))
    }
    return context.inheriting([
      "sizes": .table(table), "error": plot("error", "%", errors),
      "log-likelihood": plot("log-likelihood", "nats", likelihoods),
    ])
  }

  private func trained(
    _ top: HybridNetwork.Top, _ size: Int, _ desk: TrainingDesk, _ context: StageContext
  ) throws(StageFailure) -> (Classifier, TensorBundle) {
    let network = network.topped(with: top)
    let some = HybridRecipe(batch: batch, learningRate: rate, epochs: 1, most: size)
    let images = try some.images(of: desk, for: network)
    let recipe = HybridRecipe(
      batch: batch, learningRate: rate,
      epochs: max(1, (steps + some.steps(on: images.count) - 1) / some.steps(on: images.count)),
      most: size)
    let result = try recipe.train(
      network, on: images, classes: desk.classes, context, seed: context.seed.forked(size))
    return (result.state.classifier, result.state.bundle)
  }
}
