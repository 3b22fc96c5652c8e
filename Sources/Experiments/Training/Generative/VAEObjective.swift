import Kernels
import Models

/// The negative evidence lower bound of an autoencoder, −log p(x|z) + β·KL(q(z|x) ‖ p(z)), with one
/// draw z an image.
///
/// Kingma & Welling 2014, equation 10; β is 1 there.
package struct VAEObjective: GenerativeObjective {
  package let likelihood: Autoencoder.Likelihood
  /// The weight of the divergence, β.
  package let divergenceWeight: Float

  package init(likelihood: Autoencoder.Likelihood, divergenceWeight: Float) {
    self.likelihood = likelihood
    self.divergenceWeight = divergenceWeight
  }

  package static let measures: [GenerativeMeasure] = [.reconstruction, .divergence]

  package func step(
    _ networks: [Network], on x: Tensor, seed: Seed
  ) -> (measures: [Double], gradients: [[Tensor]]) {
    let encoded = networks[0].forward(x, .training(seed))
    let posterior = Posterior(encoded.output)
    let (z, toOutput) = posterior.sampled(seed.forked("code"))
    let decoded = networks[1].forward(z, .training(seed))
    let loss = likelihood.loss(decoded.output, of: x, reduction: .mean)
    let divergence = posterior.divergence(.mean)
    let back = decoded.pullback(loss.gradient, .inputAndWeights)
    guard let dz = back.dx else { preconditionFailure("a decoder gave no gradient of its codes") }
    let dOutput = toOutput(dz).adding(divergence.gradient, scaledBy: divergenceWeight)
    return (
      [loss.batchMean, divergence.batchMean], [encoded.weightGradients(dOutput), back.dWeights]
    )
  }
}
