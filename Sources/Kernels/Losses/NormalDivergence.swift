/// KL(N(μ, diag e^v) ‖ N(0, I)) = ½ Σ (μ² + e^v − v − 1) for each row, in nats.
///
/// Kingma & Welling 2014, appendix B. `mean` and `logVariance: [n, latent]`. The gradients μ and
/// ½(e^v − 1) are divided by n if the divergence is a mean.
public func normalDivergence(
  mean: Tensor, logVariance: Tensor, reduction: Reduction = .mean
) -> (perExample: [Float], meanGradient: Tensor, logVarianceGradient: Tensor) {
  let variance = logVariance.exponentials()
  let terms = (mean * mean + (variance - logVariance)) + -1
  let weight = reduction.weight(of: mean.rowCount)
  return (terms.rowSums().map { $0 * 0.5 }, mean * weight, (variance + -1) * (0.5 * weight))
}
