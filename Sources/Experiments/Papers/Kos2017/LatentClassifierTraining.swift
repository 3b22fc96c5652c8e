import Contract
import Datasets
import Kernels
import Models
import Training

/// Trains the classifier of codes, f_class, on the mean codes of the training images.
///
/// Kos, Fischer & Song 2017, §5: two hidden layers of 512 rectified units, 100 epochs and 98.05 % on
/// validation images are remembered.
package struct LatentClassifierTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-latent-classifier"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains a classifier of an autoencoder’s codes (Kos, Fischer & Song 2017, section 5)."
  /// The images, and the autoencoder.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("model", artifacts: ["weights"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs =
    TrainingOutput.outputs(watching: "validation_error") + [
      .table("accuracy", "part", "accuracy", "accuracy_after")
    ]
  /// Dense layers keep many cores busy.
  package static let isParallel = true

  private let hidden: Int
  private let recipe: TrainingRecipe

  /// Takes the units of both `hidden` layers, `batch`, `learning-rate`, `momentum` and `epochs`.
  package init(options: inout OptionReader) throws(OptionError) {
    hidden = try options.int("hidden", in: 1...65_536)
    recipe = TrainingRecipe(
      batch: try options.int("batch", in: 1...10_000),
      learningRate: try options.double("learning-rate", in: 1e-6...100),
      momentum: try options.double("momentum", in: 0...0.999),
      epochs: try options.int("epochs", in: 1...10_000))
  }

  /// Gives `weights`, those of the lowest validation error; `curve` and `plot`; and the table
  /// `accuracy`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let model = try context.input("model").autoencoder(in: context.workspace)
    let encoding = LatentEncoding(model: model)
    let desk = try TrainingDesk(context, encoding: encoding)
    let architecture = Architecture([
      Dense(inputs: model.latent, outputs: hidden), ReLU(),
      Dense(inputs: hidden, outputs: hidden), ReLU(),
      Dense(inputs: hidden, outputs: desk.classes.count),
    ])
    let start = Classifier(
      architecture: architecture,
      weights: Network(
        startOf: architecture, seed: context.seed.forked("weights"), in: context.workspace
      ).weights, head: .softmax, classes: desk.classes)
    let trainer = desk.trainer(recipe)
    let state = try trainer.run(context, from: start)
    let best = start.with(state.best.weights)
    var artifacts = TrainingOutput(title: "the classifier of codes", trainer, state).artifacts
    artifacts["weights"] = .tensors(best.bundle)
    artifacts["accuracy"] = .table(
      accuracy(LatentReader(model: model, classifier: best), desk, context.workspace))
    return context.inheriting(
      artifacts, conditions: ["\(context.name)/epochs": "\(state.epoch)"])
  }

  private func accuracy(
    _ reader: LatentReader, _ desk: TrainingDesk, _ workspace: Workspace
  ) -> Table {
    let parts = [
      ("training", desk.digits.train), ("validation", desk.digits.validation),
      ("test", desk.digits.test),
    ]
    return Table(
      caption:
        "The classifier of codes: on the codes of images, and on those of their reconstructions.",
      columns: [
        Table.Column("part", "images"),
        Table.Column("accuracy", "accuracy", unit: "%", decimals: 2),
        Table.Column("accuracy_after", "after reconstruction", unit: "%", decimals: 2),
      ],
      rows: parts.map { name, images in
        let judge = desk.evaluator(images)
        let right = judge.evaluate(reader.classifier)
        let rebuilt = judge.batches.reduce(0) { sum, range in
          let x = UnitRange().encode(judge.images, rows: Array(range), in: workspace)
          return sum + zip(reader.labels(x, passes: 1), judge.labels[range]).count { $0 == $1 }
        }
        return [
          .text(name), .proportion(hits: right.count - right.errors, total: right.count),
          .proportion(hits: rebuilt, total: right.count),
        ]
      })
  }
}
