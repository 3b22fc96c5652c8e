import Kernels

@testable import Datasets
@testable import Models

/// Small autoencoders with random numbers, biases included.
enum ToyAutoencoders {
  static let workspace = ToyModels.workspace

  /// Images of 4×4 pixels, such as convolutions can halve twice.
  static let images = LabelledImages(
    images: (0..<6 * 16).map { UInt8($0 * 37 % 256) }, labels: [0, 1, 2, 0, 1, 2], height: 4,
    width: 4, classes: 3)

  /// Numbers in `range` around 0.
  static func numbers(_ shape: [Int], _ name: String, range: Float = 0.5) -> Tensor {
    workspace.uniform(shape, from: -range, to: range, seed: Seed(5, stage: name))
  }

  static func network(_ architecture: Architecture, _ name: String) -> Network {
    Network(
      architecture,
      architecture.network.weightShapes.enumerated().map { numbers($1, "\(name) \($0)") })
  }

  static func model(
    _ networks: GenerativeNetworks = GenerativeNetworks(.dense(hidden: 7), latent: 3),
    _ likelihood: Autoencoder.Likelihood = .bernoulli
  ) -> Autoencoder {
    Autoencoder(
      encoder: network(networks.encoder(images), "encoder"),
      decoder: network(networks.decoder(images), "decoder"), likelihood: likelihood)
  }

  static let convolutional = GenerativeNetworks(
    .convolutional(kernels: [2, 3], side: 3), latent: 3)

  /// A reader of three classes.
  static func reader(_ model: Autoencoder = model()) -> LatentReader {
    let architecture = Architecture([
      Dense(inputs: 3, outputs: 5), Tanh(), Dense(inputs: 5, outputs: 3),
    ])
    return LatentReader(
      model: model,
      classifier: Classifier(
        architecture: architecture, weights: network(architecture, "reader").weights,
        head: .softmax, classes: [0, 1, 2]))
  }

  /// Pixels in the inside of 0…1.
  static func pixels(_ rows: Int, _ name: String = "pixels") -> Tensor {
    numbers([rows, 16], name, range: 0.3) + 0.5
  }
}
