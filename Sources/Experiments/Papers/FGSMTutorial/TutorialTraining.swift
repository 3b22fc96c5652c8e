import Contract
import Kernels
import Models
import Training

/// Trains a network of PyTorch's tutorial on FGSM as PyTorch's MNIST example does.
///
/// The tutorial's own weights are not published with their seed; what it prints of them is compared
/// with a training of ours.
package struct TutorialTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-tutorial-cnn"
  /// One sentence for `help` and for the report.
  package static let summary = "Trains the convolutional network of PyTorch's FGSM tutorial."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs()
  /// Convolutions keep many cores busy.
  package static let isParallel = true

  private let network: TutorialNetwork
  private let batch: Int
  private let epochs: Int

  /// Takes the `network`, `current` or `earlier`; images a step, `batch`; and `epochs`.
  package init(options: inout OptionReader) throws(OptionError) {
    network = try options.choice("network", of: TutorialNetwork.self)
    batch = try options.int("batch", in: 1...10_000)
    epochs = try options.int("epochs", in: 1...1000)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let architecture = network.architecture
    guard
      desk.images.pixelsPerImage == architecture.layers.lazy.compactMap({ $0.sizes }).first?.inputs,
      desk.classes.count == 10
    else {
      throw StageFailure(
        .data,
        "the tutorial's network takes grey images of 28×28 in ten classes; found"
          + " \(desk.images.channels)×\(desk.images.height)×\(desk.images.width) in \(desk.classes.count)"
      )
    }
    let images = desk.images.followed(by: desk.digits.validation)
    let start = Classifier(
      architecture: architecture,
      weights: network.initialWeights(seed: context.seed, in: context.workspace),
      head: .softmax, classes: desk.classes)
    let trainer = desk.trainer(
      network.recipe(batch: batch, epochs: epochs), on: images, watches: [])
    let state = try trainer.run(context, from: start)
    var artifacts = TrainingOutput(
      title: "the tutorial's \(network.rawValue) network", trainer, state
    ).artifacts
    artifacts["weights"] = .tensors(state.classifier.bundle)
    let isPublished =
      epochs == network.epochs && batch == TutorialNetwork.batch && images.count == 60_000
    return context.inheriting(
      artifacts,
      conditions: [
        "\(context.name)/training": isPublished
          ? "published recipe" : "\(epochs) epochs on \(images.count) images"
      ],
      deviations: [
        Deviation(
          "FGSM tutorial, \(network.rawValue) network: trained anew"
            + (isPublished ? "" : " for \(epochs) epochs"),
          because: "the tutorial loads weights that somebody trained; another seed moves the counts"
            + " at large ε by some hundreds of images")
      ])
  }
}
