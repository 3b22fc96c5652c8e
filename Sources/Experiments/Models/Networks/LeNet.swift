import Contract
import Datasets
import Kernels

/// A LeNet: two convolutions of 5×5, each with 2×2 max pooling, and fully connected layers.
///
/// The one of Papernot and others 2016 has 20 and 50 kernels and 500 hidden units with tanh, as the
/// network of the Theano tutorial that the paper's recipe goes back to; the drawing of 1998 has 6 and
/// 16 kernels.
package struct LeNet: NetworkPiece, Hashable {
  /// The word that names it in the spec.
  package static let kind = "lenet"
  /// What it is.
  package static let summary =
    "two convolutions with pooling and fully connected layers (Papernot and others 2016, §IV)"

  /// What follows each layer but the last.
  package enum Activation: String, CaseIterable, Sendable {
    case tanh, relu, sigmoid

    package var layer: any NetworkLayer {
      switch self {
      case .tanh: Tanh()
      case .relu: ReLU()
      case .sigmoid: Sigmoid()
      }
    }
  }

  /// Kernels of each convolution.
  let kernels: [Int]
  /// Units of each hidden layer above them.
  package let hidden: [Int]
  let activation: Activation

  /// Rows and columns of a kernel.
  private static let side = 5

  /// The network of the paper.
  package static let published = LeNet(kernels: [20, 50], hidden: [500], activation: .tanh)

  /// What captions call it.
  package var title: String { "LeNet" }
  /// One logit a class, normalised together.
  package var head: Classifier.Head { .softmax }
  /// All classes.
  package var chosenClasses: [Int]? { nil }
  /// Convolutions do.
  package var keepsCoresBusy: Bool { true }
  /// Its recipe.
  package var readings: [Deviation] {
    [
      Deviation(
        "LeNet with \(text): the recipe, and that the weights of the lowest validation error are kept",
        because: "the paper's recipe is known at second hand only: batches of 500, and a network"
          + " that is the Theano tutorial's; whether it kept its last or its best weights is not")
    ]
  }

  /// Takes the lists `kernels` and `hidden`, and the `activation` (`tanh`, `relu` or `sigmoid`).
  package init(options: inout OptionReader) throws(OptionError) {
    kernels = try options.ints("kernels", in: 1...10_000, count: 2...2)
    hidden = try options.ints("hidden", in: 1...10_000, count: 1...4)
    activation = try options.choice("activation", of: Activation.self)
  }

  package init(kernels: [Int], hidden: [Int], activation: Activation) {
    self.kernels = kernels
    self.hidden = hidden
    self.activation = activation
  }

  /// In words, such as `20 and 50 kernels, 500 hidden units, tanh`.
  package var text: String {
    "\(kernels[0]) and \(kernels[1]) kernels, "
      + "\(hidden.map(String.init).joined(separator: " and ")) hidden units, \(activation.rawValue)"
  }

  /// No hidden layer of it is perturbed by any experiment.
  package func steps(upToHiddenLayer layer: Int) -> Int? { nil }

  /// The network for images of at least 16×16 pixels.
  package func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) throws(StageFailure) -> Classifier {
    guard min(images.height, images.width) >= 16 else {
      throw StageFailure(
        .data,
        "LeNet needs images of at least 16×16 pixels; found \(images.height)×\(images.width)")
    }
    let architecture = architecture(
      channels: images.channels, height: images.height, width: images.width,
      classes: classes.count)
    return Classifier(
      architecture: architecture,
      weights: initialWeights(architecture, seed: seed, in: workspace), head: head,
      classes: classes)
  }

  /// The layers for images of these sizes.
  ///
  /// Pooling comes before the activation: all three rise, so the largest of a window stays the
  /// largest, and a quarter of them is to be computed.
  package func architecture(channels: Int, height: Int, width: Int, classes: Int) -> Architecture {
    var layers: [any NetworkLayer] = []
    var (planes, rows, columns) = (channels, height, width)
    for count in kernels {
      let convolution = Conv2D(
        channels: planes, height: rows, width: columns, outputs: count, kernel: Self.side)
      let pool = MaxPool2D(
        channels: count, height: convolution.outHeight, width: convolution.outWidth, window: 2,
        stride: 2)
      layers += [convolution, pool, activation.layer]
      (planes, rows, columns) = (count, pool.outHeight, pool.outWidth)
    }
    var inputs = planes * rows * columns
    for units in hidden {
      layers += [Dense(inputs: inputs, outputs: units), activation.layer]
      inputs = units
    }
    return Architecture(layers + [Dense(inputs: inputs, outputs: classes)])
  }

  /// Weights uniform in ±√(6 / (fan-in + fan-out)), four times that for sigmoids, and zero in the last
  /// layer; biases zero.
  ///
  /// A convolution's fan-out counts what is left of it after pooling.
  package func initialWeights(
    _ architecture: Architecture, seed: Seed, in workspace: Workspace
  ) -> [Tensor] {
    let shapes = architecture.network.weightShapes
    return shapes.enumerated().map { position, shape in
      guard shape.count > 1, position < shapes.count - 2 else { return workspace.tensor(shape) }
      let kernel = shape.dropFirst(2).reduce(1, *)
      let fanOut = shape.count == 4 ? shape[0] * kernel / 4 : shape[0]
      let range = (6 / Float(shape[1] * kernel + fanOut)).squareRoot()
      let reach = activation == .sigmoid ? 4 * range : range
      return workspace.uniform(
        shape, from: -reach, to: reach, seed: seed.forked("weights").forked(position))
    }
  }
}
