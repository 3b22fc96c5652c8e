import Contract
import Datasets
import Kernels
import Measures
import Models
import Training

/// How long and on how many images a hybrid is trained.
struct HybridRecipe: Sendable {
  /// Images a step.
  let batch: Int
  let learningRate: Double
  /// Passes over the images.
  let epochs: Int
  /// The most images that are learnt from, validation images included.
  let most: Int

  /// Reads `batch`, `learning-rate`, `epochs` and `images`.
  init(_ options: inout OptionReader) throws(OptionError) {
    batch = try options.int("batch", in: 1...10_000)
    learningRate = try options.double("learning-rate", in: 1e-6...10)
    epochs = try options.int("epochs", in: 1...100_000)
    most = try options.int("images", in: 1...1_000_000)
  }

  init(batch: Int, learningRate: Double, epochs: Int, most: Int) {
    (self.batch, self.learningRate, self.epochs, self.most) = (batch, learningRate, epochs, most)
  }

  /// Steps on so many images.
  func steps(on images: Int) -> Int { epochs * ((images + batch - 1) / batch) }

  /// The images to learn from; refuses those that a body cannot take.
  func images(
    of desk: TrainingDesk, for network: HybridNetwork
  ) throws(StageFailure) -> LabelledImages {
    let all = desk.images.followed(by: desk.digits.validation)
    let isConvolutional = network.body == .shallow || network.body == .deep
    guard !isConvolutional || min(all.height, all.width) >= 16 else {
      throw StageFailure(
        .data,
        "the \(network.body.rawValue) network needs images of at least 16×16 pixels; found"
          + " \(all.height)×\(all.width)")
    }
    return all.subset(0..<min(most, all.count))
  }

  /// Trains on the images, to the end of the last epoch.
  func train(
    _ network: HybridNetwork, on images: LabelledImages, classes: [Int],
    _ context: StageContext, seed: Seed
  ) throws(StageFailure) -> (trainer: Trainer, state: Trainer.State) {
    var recipe = TrainingRecipe(
      batch: batch, learningRate: learningRate, momentum: 0, epochs: epochs)
    recipe.method = .adam
    let seen = min(ProcessStart.codes, images.count)
    let start = network.start(
      (images.channels, images.height, images.width), classes: classes,
      images: UnitRange().encode(images, rows: Array(0..<seen), in: context.workspace), seed: seed)
    let trainer = Trainer(
      recipe, network.objective(trainingOn: images.count), on: images,
      validation: Evaluator(images, for: classes, in: context.workspace), watches: [],
      classes: classes, seed: seed, workspace: context.workspace)
    return (trainer, try trainer.run(context, from: start))
  }
}
