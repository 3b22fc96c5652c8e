@testable import Kernels

/// A short training with momentum and a norm cap, on images whose four classes differ in the part
/// that is lighter.
struct ShortTraining {
  let network: Sequential
  let seed: Seed
  let images: Int
  let pixels: Int
  /// Pixels of the lighter part.
  let part: Int
  let normCap: Float

  /// Trains for a number of steps and returns the weights and the mean loss of each step.
  func run(
    _ workspace: Workspace, steps: Int, watch: (Int) -> Void = { _ in }
  ) -> (weights: [Tensor], losses: [Float]) {
    var weights = network.weightShapes.enumerated().map { i, shape in
      shape.count > 1
        ? workspace.uniform(shape, from: -0.3, to: 0.3, seed: seed.forked("weights").forked(i))
        : workspace.tensor(shape)
    }
    var sgd = SGD(weights: weights, columnNormCap: normCap)
    let labels = (0..<images).map { $0 % 4 }
    var x = workspace.uniform([images, pixels], from: 0, to: 1, seed: seed.forked("images"))
    for (i, label) in labels.enumerated() {
      for j in 0..<part { x.values[i * pixels + label * part + j] += 0.5 }
    }
    var losses: [Float] = []
    for step in 0..<steps {
      let mode = Mode.training(seed.forked("masks").forked(step))
      let pass = network.forward(x, weights[...], mode)
      let loss = softmaxCrossEntropy(pass.output, labels: labels)
      losses.append(loss.mean)
      let gradients = pass.weightGradients(loss.gradient)
      sgd.step(&weights, gradients: gradients, learningRate: 0.05, momentum: 0.6)
      watch(step)
    }
    return (weights, losses)
  }
}
