import Contract
import Kernels

/// A variational autoencoder: images to codes and back.
///
/// Kingma & Welling 2014. The encoder gives a normal distribution over codes, q(z|x) = N(μ, diag e^v);
/// the decoder gives the distribution of each pixel under a code. The prior of codes is N(0, I).
package struct Autoencoder: Sendable {
  /// How the pixels of an image are distributed under a code.
  package enum Likelihood: Hashable, Sendable {
    /// Each pixel is white with the probability whose logit the decoder gives.
    case bernoulli
    /// Each pixel is normal around what the decoder's logit gives, with this variance.
    case gaussian(variance: Float)
  }

  /// Images to means and log-variances, side by side: `[n, pixels]` to `[n, 2·latent]`.
  package let encoder: Network
  /// Codes to logits of pixels: `[n, latent]` to `[n, pixels]`.
  package let decoder: Network
  package let likelihood: Likelihood
  /// Images to the means alone: the encoder without the other half of its last layer.
  package let meanEncoder: Network

  /// Numbers of a code.
  package var latent: Int { meanEncoder.weights.last?.count ?? 0 }

  /// A model from its parts; the encoder must end in a dense layer.
  package init(encoder: Network, decoder: Network, likelihood: Likelihood) {
    self.encoder = encoder
    self.decoder = decoder
    self.likelihood = likelihood
    guard let last = encoder.architecture.layers.last as? Dense else {
      preconditionFailure("an encoder ends in a dense layer, unlike \(encoder.architecture.text)")
    }
    precondition(
      last.outputs % 2 == 0, "\(last.outputs) outputs are not as many means as log-variances")
    let means = 0..<last.outputs / 2
    meanEncoder = Network(
      Architecture(
        encoder.architecture.layers.dropLast()
          + [Dense(inputs: last.inputs, outputs: means.count)]),
      encoder.weights.dropLast(2) + encoder.weights.suffix(2).map { $0.rows(means) })
  }

  /// The mean code of each image, as every attack takes it.
  package func code(_ x: Tensor) -> Tensor { meanEncoder.infer(x) }

  /// The expected pixels of each code, 0…1.
  package func decode(_ z: Tensor) -> Tensor { decoder.infer(z).sigmoid() }

  /// What a receiver of the mean codes sees.
  package func reconstruct(_ x: Tensor) -> Tensor { decode(code(x)) }

  /// q(z|x) of each image.
  package func posterior(_ x: Tensor) -> Posterior { Posterior(encoder.infer(x)) }
}

extension Autoencoder.Likelihood {
  /// −log p(x|z) from the decoder's logits, with its gradient at them; constants are left out.
  package func loss(_ logits: Tensor, of x: Tensor, reduction: Reduction) -> LossValue {
    switch self {
    case .bernoulli: return bernoulliLoss(logits, targets: x, reduction: reduction)
    case .gaussian(let variance):
      let means = logits.sigmoid()
      let error = squaredError(means, targets: x, reduction: reduction)
      return LossValue(
        perExample: error.perExample.map { $0 / variance },
        gradient: error.gradient * means.sigmoidSlopes() * (1 / variance))
    }
  }
}

extension Tensor {
  /// The slope of a sigmoid where it gave these values, σ − σ².
  package func sigmoidSlopes() -> Tensor { self - self * self }
}

extension Autoencoder {
  private enum Part { static let (encoder, decoder) = ("encoder", "decoder") }

  /// Both networks and the likelihood.
  package var bundle: TensorBundle {
    var bundle = TensorBundle(parts: [
      Part.encoder: encoder.bundle, Part.decoder: decoder.bundle,
    ])
    switch likelihood {
    case .bernoulli: bundle.metadata["likelihood"] = "bernoulli"
    case .gaussian(let variance):
      bundle.metadata["likelihood"] = "gaussian"
      bundle.metadata["variance"] = "\(variance)"
    }
    return bundle
  }

  /// Reads a model back; throws if the networks do not make one.
  package init(_ bundle: TensorBundle, in workspace: Workspace) throws(StageFailure) {
    guard let first = bundle.part(Part.encoder), let second = bundle.part(Part.decoder) else {
      throw StageFailure(.data, "these weights are no autoencoder: an encoder and a decoder belong")
    }
    let (encoder, decoder) = (
      try Network(first, in: workspace), try Network(second, in: workspace)
    )
    let variance = bundle.metadata["variance"].flatMap(Float.init) ?? 0
    let likelihood: Likelihood
    switch bundle.metadata["likelihood"] {
    case "bernoulli": likelihood = .bernoulli
    case "gaussian" where variance > 0: likelihood = .gaussian(variance: variance)
    case let other:
      throw StageFailure(
        .data, "an autoencoder’s likelihood is bernoulli or gaussian; found \(other ?? "none")")
    }
    guard let last = encoder.architecture.layers.last as? Dense, last.outputs % 2 == 0,
      decoder.weights.first?.shape.last == last.outputs / 2
    else {
      throw StageFailure(.data, "these weights are no autoencoder: codes do not fit the decoder")
    }
    self.init(encoder: encoder, decoder: decoder, likelihood: likelihood)
  }
}

extension StageInput {
  /// The autoencoder of a training stage.
  package func autoencoder(in workspace: Workspace) throws(StageFailure) -> Autoencoder {
    try Autoencoder(tensors("weights"), in: workspace)
  }
}
