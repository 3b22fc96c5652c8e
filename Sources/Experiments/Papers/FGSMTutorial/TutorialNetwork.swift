import Kernels
import Models
import Training

/// The two networks that PyTorch's tutorial on FGSM has used, and how PyTorch's MNIST example, from
/// which their weights come, trains them.
enum TutorialNetwork: String, CaseIterable, Sendable {
  /// Two convolutions of 3×3 with 32 and 64 outputs, 128 hidden units, standardised inputs.
  case current
  /// Two convolutions of 5×5 with 10 and 20 outputs, 50 hidden units.
  case earlier

  /// The layers for MNIST's images.
  var architecture: Architecture {
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

  /// Epochs of the example.
  var epochs: Int { self == .current ? 14 : 10 }

  /// Images a step of the example.
  static let batch = 64

  /// The example's optimiser: Adadelta whose rate of 1 falls to seven tenths after every epoch, and
  /// earlier gradient descent with momentum.
  func recipe(batch: Int, epochs: Int) -> TrainingRecipe {
    switch self {
    case .current:
      var recipe = TrainingRecipe(batch: batch, learningRate: 1, momentum: 0, epochs: epochs)
      recipe.method = .adadelta
      recipe.epochDecay = .factor(0.7)
      return recipe
    case .earlier:
      return TrainingRecipe(batch: batch, learningRate: 0.01, momentum: 0.5, epochs: epochs)
    }
  }

  /// PyTorch's start: weights and biases uniform in ±1/√n, where a unit has n inputs.
  func initialWeights(seed: Seed, in workspace: Workspace) -> [Tensor] {
    let shapes = architecture.network.weightShapes
    return shapes.enumerated().map { position, shape in
      let matrix = shape.count == 1 ? shapes[position - 1] : shape
      let range = 1 / Float(matrix.dropFirst().reduce(1, *)).squareRoot()
      return workspace.uniform(
        shape, from: -range, to: range, seed: seed.forked("weights").forked(position))
    }
  }
}
