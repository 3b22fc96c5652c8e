import Kernels
import Models

/// The L_VAE attack: the negative evidence lower bound of the target's reconstruction under x*,
/// J = KL(q(z|x*) ‖ p(z)) − log p(x̂ₜ | μ(x*)).
///
/// Kos, Fischer & Song 2017, §4.2. The slide that shows it prints the bound itself inside an argmin;
/// it is its negative that has to become small. The target is what the decoder makes of the target
/// image, which is a picture that it can make.
package struct LVAEAttack: GenerativeAttack {
  package let model: Autoencoder
  /// The reconstruction of each row's target image, `[n, pixels]`.
  package let reconstructions: Tensor

  package init(model: Autoencoder, reconstructions: Tensor) {
    self.model = model
    self.reconstructions = reconstructions
  }

  package func loss(at x: Tensor) -> LossValue {
    let encoded = model.encoder.forward(x)
    let posterior = Posterior(encoded.output)
    let divergence = posterior.divergence(.sum)
    let decoded = model.decoder.forward(posterior.mean)
    let picture = model.likelihood.loss(decoded.output, of: reconstructions, reduction: .sum)
    let dMean = decoded.inputGradient(picture.gradient)
    let dOutput =
      divergence.gradient + joinedColumns([dMean, x.workspace.tensor(dMean.shape)])
    return LossValue(
      perExample: zip(divergence.perExample, picture.perExample).map { $0 + $1 },
      gradient: encoded.inputGradient(dOutput))
  }
}
