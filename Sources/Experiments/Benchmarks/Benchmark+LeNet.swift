import Kernels
import Models

extension Benchmark {
  /// LeNet at the sizes that libraries are compared with: 20 and 50 kernels of 5×5, 500 units.
  static let leNet: [Benchmark] = [leNetTraining, leNetInputGradient]

  private static let leNetLayers = Sequential([
    Conv2D(channels: 1, height: 28, width: 28, outputs: 20, kernel: 5), ReLU(),
    MaxPool2D(channels: 20, height: 24, width: 24, window: 2, stride: 2),
    Conv2D(channels: 20, height: 12, width: 12, outputs: 50, kernel: 5), ReLU(),
    MaxPool2D(channels: 50, height: 8, width: 8, window: 2, stride: 2),
    Dense(inputs: 800, outputs: 500), ReLU(), Dense(inputs: 500, outputs: 10),
  ])

  private static func leNetWeights(_ workspace: Workspace) -> [Tensor] {
    let seed = Seed(1, stage: "bench").forked("LeNet")
    return leNetLayers.weightShapes.enumerated().map { i, shape in
      workspace.uniform(shape, from: -0.05, to: 0.05, seed: seed.forked(i))
    }
  }

  /// One step of gradient descent with momentum at batch 128.
  private static let leNetTraining = Benchmark(
    name: "LeNet 20-50-500, training, batch 128", unit: .samples, work: 128
  ) { workspace in
    let (pixels, labels) = images(128)
    var weights = leNetWeights(workspace)
    var optimizer = SGD(weights: weights)
    let seed = Seed(1, stage: "bench")
    return {
      let x = gatherPixels(pixels, rowLength: 784, rows: Array(0..<128), in: workspace)
      let (_, gradients) = Classifier.weightGradients(
        leNetLayers, weights, at: x, mode: .training(seed)
      ) { softmaxCrossEntropy($0, labels: labels) }
      optimizer.step(&weights, gradients: gradients, learningRate: 0.01, momentum: 0.9)
    }
  }

  /// The gradient of the loss with respect to the images at batch 256, as an attack asks for it.
  private static let leNetInputGradient = Benchmark(
    name: "LeNet 20-50-500, input gradient, batch 256", unit: .samples, work: 256
  ) { workspace in
    let (pixels, labels) = images(256)
    let weights = leNetWeights(workspace)
    let x = gatherPixels(pixels, rowLength: 784, rows: Array(0..<256), in: workspace)
    return {
      let pass = leNetLayers.forward(x, weights[...], .inference)
      _ = pass.inputGradient(softmaxCrossEntropy(pass.output, labels: labels).gradient)
    }
  }
}
