import Kernels
import Models

/// What a step of a generative training makes smaller, for each of the networks of a model.
///
/// One objective, one file. What is random is addressed by the step's seed, so a resumed training
/// gives the same bits.
package protocol GenerativeObjective: Sendable {
  /// What the training's curve shows, in the order in which `step` gives it.
  static var measures: [GenerativeMeasure] { get }

  /// The measures of a batch, means over its images, and the gradients of each network's weights.
  ///
  /// Holds no weights when it returns, so that optimisers can change them in place.
  func step(
    _ networks: [Network], on x: Tensor, seed: Seed
  ) -> (measures: [Double], gradients: [[Tensor]])
}

/// A number that is followed while a generative model is trained.
package enum GenerativeMeasure: String, Sendable {
  /// −log p(x|z), in nats an image.
  case reconstruction
  /// KL(q(z|x) ‖ p(z)), in nats an image.
  case divergence
  /// ½‖f(x) − f(x̃)‖² in the features of the discriminator.
  case features
  /// Cross-entropy of the discriminator, in nats an image.
  case discriminator
  /// Cross-entropy of the decoder's images being taken for the data set's, in nats an image.
  case deception

  /// The heading of its column.
  package var title: String {
    switch self {
    case .reconstruction: "reconstruction loss"
    case .divergence: "divergence"
    case .features: "loss in features"
    case .discriminator: "discriminator’s loss"
    case .deception: "decoder’s adversarial loss"
    }
  }
}

extension LossValue {
  /// The mean over the batch, in double precision.
  package var batchMean: Double {
    perExample.reduce(0.0) { $0 + Double($1) } / Double(max(1, perExample.count))
  }
}
