import Contract
import Datasets
import Kernels
import Models
import Training

/// Trains the convolutional maxout network on whitened CIFAR-10 images.
///
/// Goodfellow, Shlens & Szegedy 2014, §4 and appendix A, after the recipe of Goodfellow and others
/// 2013. The paper says the images were preprocessed to a standard deviation near one half and
/// nothing else.
package struct ConvMaxoutTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-conv-maxout"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains the convolutional maxout network on CIFAR-10 (Goodfellow, Shlens & Szegedy 2014, section 4)."
  /// The images to train on, and the whitening fitted on them.
  package static let inputs = [
    InputSlot("data", artifacts: ["digits"]), InputSlot("whitening", artifacts: ["whitening"]),
  ]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// Convolutions keep many cores busy.
  package static let isParallel = true

  private let network: ConvMaxoutNetwork
  private let initialRange: Double
  private let convolutionRate: Double
  private var recipe: TrainingRecipe

  /// Takes the list `channels` of the three convolutions, `dense-units`, `initial-range`,
  /// `convolution-rate` (a factor to the learning rate of convolutions), `last-rate` (the share of the
  /// rate left at the end of its decline) and `rate-epochs`, and a training recipe.
  package init(options: inout OptionReader) throws(OptionError) {
    network = ConvMaxoutNetwork(
      channels: try options.ints("channels", in: 1...1024, count: 3...3),
      denseUnits: try options.int("dense-units", in: 1...10_000))
    initialRange = try options.double("initial-range", in: 0...1)
    convolutionRate = try options.double("convolution-rate", in: 0...10)
    let last = try options.double("last-rate", in: 0...1)
    let span = try options.int("rate-epochs", in: 1...10_000)
    recipe = try TrainingRecipe(&options)
    recipe.epochDecay = .linear(to: last, over: span)
    let factor = Float(convolutionRate)
    recipe.method = .layeredDescent(
      normCaps: ConvMaxoutNetwork.normCaps,
      rateFactors: ConvMaxoutNetwork.areConvolutions.map { $0 ? factor : 1 })
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let whitening = try context.input("whitening").whitening(in: context.workspace)
    let desk = try TrainingDesk(context, encoding: Whitened(whitening))
    let images = desk.images
    let architecture = network.architecture(
      channels: images.channels, height: images.height, width: images.width,
      classes: desk.classes.count)
    let start = Classifier(
      architecture: architecture,
      weights: MaxoutNetwork.initialWeights(
        architecture, range: Float(initialRange), seed: context.seed, in: context.workspace),
      head: .softmax, classes: desk.classes)
    let trainer = desk.trainer(recipe)
    let state = try trainer.run(context, from: start)
    var artifacts = TrainingOutput(
      title: "the convolutional maxout network", trainer, state
    ).artifacts
    artifacts["weights"] = .tensors(start.with(state.best.weights).bundle(with: whitening))
    let isPublished = isPublished(state)
    let sizes = network.channels.map { "\($0)" }.joined(separator: ", ")
    return context.inheriting(
      artifacts,
      conditions: [
        "network": isPublished ? "published" : "\(sizes) channels, \(state.epoch) epochs"
      ],
      deviations: isPublished
        ? []
        : [
          Deviation(
            "convolutional maxout: \(sizes) channels and \(network.denseUnits) dense units, trained"
              + " for \(state.epoch) epochs on \(images.count) images with a rate of its own",
            because: "the published network has 96, 192 and 192 channels and 500 dense units, and"
              + " needs some ten billion operations an image and hundreds of epochs; a thinner one"
              + " that is trained for minutes errs more on clean images, and is less confident")
        ])
  }

  private func isPublished(_ state: Trainer.State) -> Bool {
    network.isPublished && initialRange == 0.005 && convolutionRate == 0.05
      && recipe.learningRate == 0.17 && recipe.batch == 128 && recipe.firstMomentum == 0.5
      && recipe.lastMomentum == 0.6 && recipe.momentumEpochs == 250
      && recipe.epochDecay == .linear(to: 0.01, over: 500)
      && state.best.isSettled(after: state.epoch, patience: recipe.patience)
  }
}
