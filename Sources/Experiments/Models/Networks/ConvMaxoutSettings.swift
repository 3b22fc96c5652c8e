import Contract
import Datasets
import Kernels

/// The convolutional maxout network as the spec describes it: its sizes and first weights.
package struct ConvMaxoutSettings: NetworkPiece {
  /// The word that names it in the spec.
  package static let kind = "conv-maxout"
  /// What it is.
  package static let summary =
    "three convolutions with maxout and a dense maxout layer (Goodfellow and others 2013, CIFAR-10)"

  private let network: ConvMaxoutNetwork
  private let initialRange: Double

  /// What captions call it.
  package var title: String { "the convolutional maxout network" }
  /// One logit a class, normalised together.
  package var head: Classifier.Head { .softmax }
  /// All classes.
  package var chosenClasses: [Int]? { nil }
  /// Convolutions do.
  package var keepsCoresBusy: Bool { true }
  /// Its sizes: the published network is a matter of days.
  package var readings: [Deviation] {
    let sizes = network.channels.map { "\($0)" }.joined(separator: ", ")
    return [
      Deviation(
        "convolutional maxout: \(sizes) channels and \(network.denseUnits) dense units",
        because: "the published network has 96, 192 and 192 channels and 500 dense units, and"
          + " needs some ten billion operations an image and hundreds of epochs; a thinner one"
          + " that is trained for minutes errs more on clean images, and is less confident")
    ]
  }

  /// Takes the list `channels` of the three convolutions, `dense-units`, and `initial-range` (weights
  /// start uniform in ± this).
  package init(options: inout OptionReader) throws(OptionError) {
    network = ConvMaxoutNetwork(
      channels: try options.ints("channels", in: 1...1024, count: 3...3),
      denseUnits: try options.int("dense-units", in: 1...10_000))
    initialRange = try options.double("initial-range", in: 0...1)
  }

  /// No hidden layer of it is perturbed by any experiment.
  package func steps(upToHiddenLayer layer: Int) -> Int? { nil }

  /// The network for images of any shape.
  package func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) -> Classifier {
    let architecture = network.architecture(
      channels: images.channels, height: images.height, width: images.width,
      classes: classes.count)
    return Classifier(
      architecture: architecture,
      weights: MaxoutNetwork.initialWeights(
        architecture, range: Float(initialRange), seed: seed, in: workspace),
      head: head, classes: classes)
  }
}
