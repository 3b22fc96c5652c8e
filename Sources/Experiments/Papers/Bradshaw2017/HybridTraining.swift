import Contract
import Kernels
import Models
import Training

/// Trains a plain network or its Gaussian-process hybrid.
///
/// Bradshaw, Matthews & Ghahramani 2017, by the recipe of the authors' demonstration script: Adam at its
/// customary numbers, batches of 250, 6,000 steps on 60,000 images.
package struct HybridTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-hybrid"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains a network with a softmax or a Gaussian process on top (Bradshaw and others 2017)."
  /// The images to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs()
  /// Convolutions keep many cores busy.
  package static let isParallel = true

  /// Steps of the authors' script.
  static let publishedSteps = 6000

  private let network: HybridNetwork
  private let recipe: HybridRecipe

  /// Takes the `network` (`shallow`, `deep`, `points` or `none`), the `head` (`softmax`, `rbf` or
  /// `linear`), `features` of a code, `inducing` points, the kernel's first `variance`, whether beliefs
  /// are `whitened`, `beta` and `nodes` of the likelihood, and `batch`, `learning-rate`, `epochs` and
  /// `images`.
  package init(options: inout OptionReader) throws(OptionError) {
    network = try HybridNetwork(&options)
    recipe = try HybridRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let images = try recipe.images(of: desk, for: network)
    let trained = try recipe.train(
      network, on: images, classes: desk.classes, context, seed: context.seed)
    var artifacts = TrainingOutput(
      title: "the \(network.text)", trained.trainer, trained.state
    ).artifacts
    artifacts["weights"] = .tensors(trained.state.classifier.bundle)
    let steps = recipe.steps(on: images.count)
    let isPublished = steps >= Self.publishedSteps && images.count >= 50_000
    return context.inheriting(
      artifacts,
      conditions: [
        "\(context.name)/training": isPublished
          ? "published scale" : "\(steps) steps on \(images.count) images"
      ],
      deviations: [
        Deviation(
          "\(context.name): \(network.text), \(steps) steps of \(recipe.batch) out of"
            + " \(images.count) images",
          because:
            "the paper's own settings were not seen; the small network, its first numbers, optimiser,"
            + " batch and the start of inducing points and length-scales are those of a demonstration"
            + " script that the authors wrote later; the deeper network and the softmax on the codes"
            + " are readings of ours"
        )
      ])
  }
}
