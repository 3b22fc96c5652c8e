import Kernels
import Models
import Training

extension Benchmark {
  /// The shallow network of Bradshaw, Matthews & Ghahramani 2017 and its hybrid: a training step each.
  package static let hybrid: [Benchmark] = [
    training("plain network", .softmax), training("GP hybrid, 100 inducing points", .rbf),
  ]

  private static let batch = 250

  private static func training(_ name: String, _ top: HybridNetwork.Top) -> Benchmark {
    Benchmark(name: "\(name), training, batch \(batch)", unit: .samples, work: Double(batch)) {
      workspace in
      let (pixels, labels) = images(batch)
      let x = gatherPixels(pixels, rowLength: 784, rows: Array(0..<batch), in: workspace)
      let start = HybridNetwork(body: .shallow, top: top).start(
        (1, 28, 28), classes: Array(0..<10), images: x, seed: Seed(1, stage: "bench"))
      let objective: any Objective =
        top == .softmax ? CleanObjective() : EvidenceBoundObjective(total: 60_000)
      let network = start.architecture.network
      var weights = start.weights
      var optimizer = Adam(weights: weights)
      return {
        let seed = Seed(1, stage: "bench")
        let gradients = objective.gradients(
          network, weights, .softmax,
          on: Batch(x: x, labels: labels, dropout: seed, noise: seed)
        ).gradients
        optimizer.step(&weights, gradients: gradients, learningRate: 0.001)
      }
    }
  }
}
