import Attacks
import Datasets
import Kernels
import Measures
import Models

/// A piece of real work to be timed by `pipeline bench`: it prepares itself once and then repeats.
package struct Benchmark: Sendable {
  /// What is measured, such as `product 128×1200×784`.
  package let name: String
  /// What one repetition is counted in.
  package let unit: Unit
  /// How many of them one repetition does: floating-point operations, images, attacks.
  package let work: Double
  /// Sets up buffers on a workspace and returns one repetition.
  package let prepare: @Sendable (Workspace) -> () -> Void

  /// Units of work.
  package enum Unit: String, Sendable {
    /// Floating-point operations, a fused multiply-add being two.
    case flops = "GFLOP/s"
    /// Images trained on or attacked.
    case samples = "samples/s"
    /// Images on their way to one class each.
    case pairs = "pairs/s"
    /// Searches for the best pair.
    case searches = "searches/s"
  }

  /// Everything that `bench` measures.
  package static let all: [Benchmark] = [
    products, [maxoutTraining, fgsm], leNet, jsma, vae, hybrid,
  ].flatMap { $0 }

  /// Matrix products at the shapes that the networks of the papers have.
  private static let products: [Benchmark] = [
    product(128, 1200, 784), product(1000, 1200, 784), product(128, 1200, 240),
    product(256, 1024, 3136), product(2048, 2048, 2048),
  ]

  private static func product(_ m: Int, _ n: Int, _ k: Int) -> Benchmark {
    Benchmark(
      name: "product \(m)×\(n)×\(k)", unit: .flops, work: 2 * Double(m) * Double(n) * Double(k)
    ) { workspace in
      let seed = Seed(1, stage: "bench")
      let a = workspace.uniform([m, k], from: -1, to: 1, seed: seed.forked("a"))
      let b = workspace.uniform([n, k], from: -1, to: 1, seed: seed.forked("b"))
      return { _ = matmul(a, b, transposeB: true) }
    }
  }

  /// Images of a benchmark: as many ink pixels as MNIST's, at random places.
  package static func images(_ count: Int) -> (pixels: [UInt8], labels: [Int]) {
    let seed = Seed(1, stage: "bench").forked("images")
    let pixels = (0..<count * 784).map { index -> UInt8 in
      seed.below(5, at: 2 * index) == 0 ? UInt8(seed.below(256, at: 2 * index + 1)) : 0
    }
    return (pixels, (0..<count).map { $0 % 10 })
  }

  private static let network = MaxoutNetwork(
    pixels: 784, units: 240, pieces: 5, inputKeep: 0.8, hiddenKeep: 0.5
  ).architecture(classes: 10)

  /// One step of the maxout recipe at batch 128: dropout, momentum, norm cap.
  private static let maxoutTraining = Benchmark(
    name: "maxout 784-240×5-240×5-10, training, batch 128", unit: .samples, work: 128
  ) { workspace in
    let (pixels, labels) = images(128)
    let seed = Seed(1, stage: "bench")
    let layers = network.network
    var weights = MaxoutNetwork.initialWeights(
      network, range: 0.005, seed: seed, in: workspace)
    var optimizer = SGD(weights: weights, columnNormCap: 1.9365)
    var step = 0
    return {
      let x = gatherPixels(pixels, rowLength: 784, rows: Array(0..<128), in: workspace)
      let (_, gradients) = Classifier.weightGradients(
        layers, weights, at: x, mode: .training(seed.forked(step))
      ) { softmaxCrossEntropy($0, labels: labels) }
      optimizer.step(&weights, gradients: gradients, learningRate: 0.1, momentum: 0.5)
      step += 1
    }
  }

  /// FGSM on the maxout network at batch 500, gradient and perturbed answers included.
  private static let fgsm = Benchmark(
    name: "maxout 784-240×5-240×5-10, FGSM and judging, batch 500", unit: .samples, work: 500
  ) { workspace in
    let (pixels, labels) = images(500)
    let victim = Classifier(
      architecture: network,
      weights: MaxoutNetwork.initialWeights(
        network, range: 0.05, seed: Seed(1, stage: "bench"), in: workspace),
      head: .softmax, classes: Array(0..<10))
    let images = LabelledImages(
      images: pixels, labels: labels.map { UInt8($0) }, height: 28, width: 28)
    let evaluator = Evaluator(images, for: victim.classes, in: workspace)
    let attack = FGSM(LInfBall(epsilon: 0.25))
    return {
      _ = try? evaluator.attacked(victim, by: attack, seed: Seed(1, stage: "bench"))
    }
  }
}
