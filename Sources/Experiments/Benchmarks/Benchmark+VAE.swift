import Attacks
import Datasets
import Kernels
import Models
import Training

extension Benchmark {
  /// The dense autoencoder of Kos, Fischer & Song 2017: a training step, and the latent attack.
  static let vae: [Benchmark] = [vaeTraining, latentAttack]

  private static let shapes = LabelledImages(
    images: [UInt8](repeating: 0, count: 784), labels: [0], height: 28, width: 28)
  private static let networks = GenerativeNetworks(.dense(hidden: 512), latent: 50)

  private static func start(_ workspace: Workspace) -> [Network] {
    [networks.encoder(shapes), networks.decoder(shapes)].enumerated().map { i, architecture in
      Network(
        startOf: architecture, seed: Seed(1, stage: "bench").forked(i), in: workspace)
    }
  }

  /// One step of Adam on the evidence lower bound at batch 128.
  private static let vaeTraining = Benchmark(
    name: "VAE 784-512-50, training, batch 128", unit: .samples, work: 128
  ) { workspace in
    let (pixels, _) = images(128)
    let architectures = start(workspace).map(\.architecture)
    var weights = start(workspace).map(\.weights)
    var optimizers = weights.map { Adam(weights: $0) }
    let objective = VAEObjective(likelihood: .bernoulli, divergenceWeight: 1)
    var step = 0
    return {
      let x = gatherPixels(pixels, rowLength: 784, rows: Array(0..<128), in: workspace)
      let gradients = objective.step(
        zip(architectures, weights).map { Network($0, $1) }, on: x,
        seed: Seed(1, stage: "bench").forked(step)
      ).gradients
      for i in weights.indices {
        optimizers[i].step(&weights[i], gradients: gradients[i], learningRate: 0.001)
      }
      step += 1
    }
  }

  /// Ten iterations of the latent attack on 256 images: a hundredth of 256 attacks of 1,000.
  private static let latentAttack = Benchmark(
    name: "VAE 784-512-50, latent attack of 1,000 iterations", unit: .pairs, work: 2.56
  ) { workspace in
    let (pixels, _) = images(256)
    let network = start(workspace)
    let model = Autoencoder(encoder: network[0], decoder: network[1], likelihood: .bernoulli)
    let x = gatherPixels(pixels, rowLength: 784, rows: Array(0..<256), in: workspace)
    let codes = workspace.normal(
      [256, 50], mean: 0, deviation: 1, seed: Seed(1, stage: "bench"))
    let attack = LatentAttack(encoder: model.meanEncoder, codes: codes)
    let optimisation = L2Optimisation(iterations: 10, rate: 0.1, lambda: 1)
    return { _ = optimisation.perturb(x, by: attack) }
  }
}
