import Contract
import Datasets
import Kernels
import Models
import Training

/// What the trainings of all generative models have in common.
struct GenerativeTraining<Objective: GenerativeObjective> {
  /// The word for the model in conditions and captions: `vae` or `vae-gan`.
  let model: String
  let objective: Objective
  let networks: GenerativeNetworks
  let recipe: GenerativeRecipe
  /// How pixels are distributed under a code.
  let likelihood: Autoencoder.Likelihood
  /// What else there is to say of the training, such as the weights of its terms.
  let remark: String

  /// Trains encoder, decoder and what `others` there are; gives `weights`, `curve`, `plot`, and the
  /// pictures `samples`, `reconstructions` and `interpolations`.
  func run(
    _ context: StageContext, others: (LabelledImages) -> [Architecture] = { _ in [] }
  ) throws -> StageOutput {
    let digits = try context.input("data").digits()
    try networks.requireFit(digits.train)
    let images = digits.train.subset(0..<min(recipe.images, digits.train.count))
    guard digits.test.count > 1 else {
      throw StageFailure(.data, "pictures of a model need at least two test images")
    }
    let architectures = [networks.encoder(images), networks.decoder(images)] + others(images)
    let start = architectures.enumerated().map { i, architecture in
      Network(
        startOf: architecture, seed: context.seed.forked("weights").forked(i),
        in: context.workspace)
    }
    let trainer = GenerativeTrainer(
      objective: objective, recipe: recipe, images: images, seed: context.seed,
      workspace: context.workspace)
    let state = try trainer.run(context, from: start)
    let trained = Autoencoder(
      encoder: state.networks[0], decoder: state.networks[1], likelihood: likelihood)
    try requireVariety(trained, images, state.curve, context)
    let pictures = GenerativePictures(
      model: trained, images: digits.test, workspace: context.workspace)
    var bundle = trained.bundle
    bundle.metadata["model"] = model
    return context.inheriting(
      [
        "weights": .tensors(bundle), "curve": .table(table(state.curve)),
        "plot": .plot(plot(state.curve)),
        "samples": pictures.samples(seed: context.seed.forked("samples")),
        "reconstructions": pictures.reconstructions(),
        "interpolations": pictures.interpolations(),
      ],
      conditions: ["\(context.name)/model": model, "\(context.name)/training": text(images)],
      deviations: [
        Deviation(
          "\(context.name): \(text(images)), Adam at \(recipe.learningRate) in batches of"
            + " \(recipe.batch)\(remark)",
          because:
            "the paper’s text is not at hand; what is known of its networks and their training"
            + " is remembered, not read, and its numbers depend on the model that was trained")
      ])
  }

  private func text(_ images: LabelledImages) -> String {
    "\(model) with \(networks.text), \(recipe.epochs) epochs on \(images.count) images"
  }

  private func requireVariety(
    _ trained: Autoencoder, _ images: LabelledImages, _ curve: [[Double]], _ context: StageContext
  ) throws(StageFailure) {
    let some = UnitRange().encode(
      images, rows: Array(0..<min(256, images.count)), in: context.workspace)
    let divergence = trained.posterior(some).divergence(.mean).batchMean
    try GenerativeHealth.requireVariety(
      trained, like: some, divergence: divergence, seed: context.seed.forked("variety"))
  }

  private func table(_ curve: [[Double]]) -> Table {
    Table(
      caption: "Course of the training, means over the images of each epoch.",
      columns: [Table.Column("epoch", "epoch")]
        + Objective.measures.map {
          Table.Column($0.rawValue, $0.title, unit: $0 == .features ? nil : "nats", decimals: 3)
        },
      rows: curve.enumerated().map { epoch, measures in
        [.integer(epoch + 1)] + measures.map { .number($0) }
      })
  }

  private func plot(_ curve: [[Double]]) -> Plot {
    Plot(
      caption: "What a training step makes smaller, epoch by epoch.",
      title: "Training of the \(model)",
      xLabel: "epoch", yLabel: "loss",
      series: Objective.measures.enumerated().map { i, measure in
        Plot.Series(
          measure.title,
          points: curve.enumerated().map { Plot.Point(x: Double($0 + 1), y: $1[i]) })
      })
  }
}
