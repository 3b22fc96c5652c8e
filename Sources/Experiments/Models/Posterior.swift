import Kernels

/// The normal distributions over codes that an encoder gives, q(z|x) = N(μ, diag e^v), one a row.
package struct Posterior: Sendable {
  /// μ, `[n, latent]`.
  package let mean: Tensor
  /// v, `[n, latent]`.
  let logVariance: Tensor

  /// The distributions in an encoder's output, `[n, 2·latent]`: means, then log-variances.
  package init(_ output: Tensor) {
    let width = output.shape[1]
    mean = columnRange(0..<width / 2, of: output)
    logVariance = columnRange(width / 2..<width, of: output)
  }

  /// A draw z = μ + e^{v/2}·η of each, and the way back to the encoder's output.
  ///
  /// Kingma & Welling 2014, §2.4: with η ~ N(0, I) drawn first, z is differentiable in μ and v.
  package func sampled(_ seed: Seed) -> (z: Tensor, pullback: (_ dz: Tensor) -> Tensor) {
    let noise = mean.workspace.normal(mean.shape, mean: 0, deviation: 1, seed: seed)
    let shift = (logVariance * 0.5).exponentials() * noise
    return (mean + shift, { dz in joinedColumns([dz, dz * shift * 0.5]) })
  }

  /// KL(q ‖ N(0, I)) of each in nats, and its gradient at the encoder's output.
  package func divergence(_ reduction: Reduction) -> LossValue {
    let kl = normalDivergence(mean: mean, logVariance: logVariance, reduction: reduction)
    return LossValue(
      perExample: kl.perExample,
      gradient: joinedColumns([kl.meanGradient, kl.logVarianceGradient]))
  }

  /// log q of one code a row.
  package func logDensity(_ z: Tensor) -> [Double] {
    let distance = z - mean
    let scaled = distance * distance / logVariance.exponentials() + logVariance
    let constant = Double(z.shape[1]) * Self.logTwoPi
    return scaled.rowSums().map { -0.5 * (Double($0) + constant) }
  }

  /// The entropy of each in nats, ½ Σ (v + 1 + log 2π).
  package var entropies: [Double] {
    let constant = Double(mean.shape[1]) * (1 + Self.logTwoPi)
    return logVariance.rowSums().map { 0.5 * (Double($0) + constant) }
  }

  /// log 2π.
  package static let logTwoPi = 1.8378770664093454
}
