import Kernels
import Models

/// Another objective plus λ·Σ|w| over the weights of the first layer, biases left out.
///
/// Goodfellow, Shlens & Szegedy 2014, §5: unlike adversarial training, the penalty stays when every
/// image is classified with a wide margin.
package struct L1Objective<Base: Objective>: Objective {
  package let base: Base
  /// λ.
  package let coefficient: Float

  package init(base: Base, coefficient: Float) {
    self.base = base
    self.coefficient = coefficient
  }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    var (losses, gradients) = base.gradients(network, weights, head, on: batch)
    let penalty = coefficient * weights[0].sumOfMagnitudes()
    gradients[0] = gradients[0].adding(weights[0].sign(), scaledBy: coefficient)
    return (losses.map { $0 + penalty }, gradients)
  }
}
