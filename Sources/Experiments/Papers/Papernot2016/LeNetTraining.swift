import Contract
import Kernels
import Models
import Training

/// Trains the LeNet that Papernot and others 2016 attack.
///
/// §IV. The recipe is that of the Theano tutorial: plain gradient descent in batches of 500 with a
/// rate of 0.1, at most 200 epochs, and a patience that grows: at least 100 epochs, then until twice
/// the epoch of the lowest validation error. The paper's own text does not give it.
package struct LeNetTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-lenet"
  /// One sentence for `help` and for the report.
  package static let summary = "Trains LeNet on MNIST (Papernot and others 2016, section IV)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs =
    TrainingOutput.outputs(watching: "validation_error") + [
      .table("accuracy", "part", "accuracy", "error_rate")
    ]
  /// Convolutions keep many cores busy.
  package static let isParallel = true

  private let network: LeNet
  private let recipe: TrainingRecipe

  /// Takes the lists `kernels` and `hidden`, the `activation` (`tanh`, `relu` or `sigmoid`), `batch`,
  /// `learning-rate`, `patience` (the epochs that are made in any case) and `maximum-epochs`.
  package init(options: inout OptionReader) throws(OptionError) {
    network = try LeNet(&options)
    let batch = try options.int("batch", in: 1...10_000)
    let rate = try options.double("learning-rate", in: 1e-6...100)
    let patience = try options.int("patience", in: 1...10_000)
    let epochs = try options.int("maximum-epochs", in: 1...10_000)
    var recipe = TrainingRecipe(
      batch: batch, learningRate: rate, momentum: 0, epochs: epochs, patience: patience)
    recipe.growsPatience = true
    self.recipe = recipe
  }

  /// Gives `weights`, those of the lowest validation error; `curve` and `plot`; and the table
  /// `accuracy`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let images = desk.images
    guard min(images.height, images.width) >= 16 else {
      throw StageFailure(
        .data,
        "LeNet needs images of at least 16×16 pixels; found \(images.height)×\(images.width)")
    }
    let architecture = network.architecture(
      channels: images.channels, height: images.height, width: images.width,
      classes: desk.classes.count)
    let start = Classifier(
      architecture: architecture,
      weights: network.initialWeights(architecture, seed: context.seed, in: context.workspace),
      head: .softmax, classes: desk.classes)
    let trainer = desk.trainer(recipe)
    let state = try trainer.run(context, from: start)
    let best = start.with(state.best.weights)
    var artifacts = TrainingOutput(title: "LeNet", trainer, state).artifacts
    artifacts["weights"] = .tensors(best.bundle)
    artifacts["accuracy"] = .table(accuracy(of: best, desk))
    let hasEnded =
      state.epoch == 200
      || state.best.isSettled(
        after: state.epoch, patience: recipe.patience(after: state.best.epoch))
    let isPublished =
      network == .published && recipe.batch == 500 && recipe.learningRate == 0.1
      && recipe.patience == 100 && hasEnded && images.count == 50_000
    return context.inheriting(
      artifacts,
      conditions: [
        "\(context.name)/training": isPublished
          ? "published recipe"
          : "\(network.text), \(state.epoch) epochs on \(images.count) images"
      ],
      deviations: [
        Deviation(
          "\(context.name): \(network.text), trained for \(state.epoch) epochs in batches of"
            + " \(recipe.batch), weights of epoch \(state.best.epoch)",
          because: "the paper's recipe is known at second hand only: batches of 500, and a network"
            + " that is the Theano tutorial's; whether it kept its last or its best weights is not")
      ])
  }

  private func accuracy(of classifier: Classifier, _ desk: TrainingDesk) -> Table {
    let parts = [
      ("training", desk.digits.train), ("validation", desk.digits.validation),
      ("test", desk.digits.test),
    ]
    return Table(
      caption: "LeNet on images as they are.",
      columns: [
        Table.Column("part", "images"),
        Table.Column("accuracy", "accuracy", unit: "%", decimals: 2),
        Table.Column("error_rate", "error", unit: "%", decimals: 2),
      ],
      rows: parts.map { name, images in
        let seen = desk.evaluator(images).evaluate(classifier)
        return [
          .text(name), .proportion(hits: seen.count - seen.errors, total: seen.count),
          seen.errorCell,
        ]
      })
  }
}
