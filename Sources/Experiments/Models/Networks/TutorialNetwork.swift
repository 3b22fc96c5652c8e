import Contract
import Datasets
import Kernels

/// The two networks that PyTorch's tutorial on FGSM has used; their weights come from PyTorch's MNIST
/// example.
package enum TutorialNetwork: String, CaseIterable, NetworkPiece {
  /// Two convolutions of 3×3 with 32 and 64 outputs, 128 hidden units, standardised inputs.
  case current
  /// Two convolutions of 5×5 with 10 and 20 outputs, 50 hidden units.
  case earlier

  /// The word that names it in the spec.
  package static let kind = "tutorial-cnn"
  /// What it is.
  package static let summary = "the convolutional network of PyTorch's FGSM tutorial"

  /// What captions call it.
  package var title: String { "the tutorial's \(rawValue) network" }
  /// One logit a class, normalised together.
  package var head: Classifier.Head { .softmax }
  /// All classes.
  package var chosenClasses: [Int]? { nil }
  /// Convolutions do.
  package var keepsCoresBusy: Bool { true }
  /// Its weights.
  package var readings: [Deviation] {
    [
      Deviation(
        "FGSM tutorial, \(rawValue) network: trained anew",
        because: "the tutorial loads weights that somebody trained; another seed moves the counts"
          + " at large ε by some hundreds of images")
    ]
  }

  /// Takes the `version`, `current` or `earlier`.
  package init(options: inout OptionReader) throws(OptionError) {
    self = try options.choice("version", of: Self.self)
  }

  /// No hidden layer of it is perturbed by any experiment.
  package func steps(upToHiddenLayer layer: Int) -> Int? { nil }

  /// The network for grey images of 28×28 in ten classes.
  package func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) throws(StageFailure) -> Classifier {
    let architecture = architecture
    guard images.pixelsPerImage == architecture.layers.lazy.compactMap({ $0.sizes }).first?.inputs,
      classes.count == 10
    else {
      throw StageFailure(
        .data,
        "the tutorial's network takes grey images of 28×28 in ten classes; found"
          + " \(images.channels)×\(images.height)×\(images.width) in \(classes.count)")
    }
    return Classifier(
      architecture: architecture, weights: initialWeights(seed: seed, in: workspace), head: head,
      classes: classes)
  }

  /// The layers for MNIST's images.
  package var architecture: Architecture {
    func convolution(_ channels: Int, _ side: Int, _ outputs: Int, _ kernel: Int) -> Conv2D {
      Conv2D(channels: channels, height: side, width: side, outputs: outputs, kernel: kernel)
    }
    func pool(_ channels: Int, _ side: Int) -> MaxPool2D {
      MaxPool2D(channels: channels, height: side, width: side, window: 2, stride: 2)
    }
    switch self {
    case .current:
      return Architecture([
        Standardise(mean: 0.1307, deviation: 0.3081),
        convolution(1, 28, 32, 3), ReLU(), convolution(32, 26, 64, 3), ReLU(), pool(64, 24),
        Dropout(keep: 0.75, scale: 1 / 0.75), Dense(inputs: 9216, outputs: 128), ReLU(),
        Dropout(keep: 0.5, scale: 2), Dense(inputs: 128, outputs: 10),
      ])
    case .earlier:
      return Architecture([
        convolution(1, 28, 10, 5), pool(10, 24), ReLU(), convolution(10, 12, 20, 5),
        ChannelDropout(channels: 20, keep: 0.5, scale: 2), pool(20, 8), ReLU(),
        Dense(inputs: 320, outputs: 50), ReLU(), Dropout(keep: 0.5, scale: 2),
        Dense(inputs: 50, outputs: 10),
      ])
    }
  }

  /// PyTorch's start: weights and biases uniform in ±1/√n, where a unit has n inputs.
  package func initialWeights(seed: Seed, in workspace: Workspace) -> [Tensor] {
    let shapes = architecture.network.weightShapes
    return shapes.enumerated().map { position, shape in
      let matrix = shape.count == 1 ? shapes[position - 1] : shape
      let range = 1 / Float(matrix.dropFirst().reduce(1, *)).squareRoot()
      return workspace.uniform(
        shape, from: -range, to: range, seed: seed.forked("weights").forked(position))
    }
  }
}
