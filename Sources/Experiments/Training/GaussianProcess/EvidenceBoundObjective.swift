import Kernels
import Models

/// The negative evidence lower bound of a network whose last layer is a Gaussian process, divided by the
/// number of training images: weights, kernel, inducing points and beliefs are learnt together.
///
/// Bradshaw, Matthews & Ghahramani 2017; the bound is that of Hensman, Matthews & Ghahramani 2015.
package struct EvidenceBoundObjective: Objective {
  /// Training images in all, beside which the divergence counts once.
  package let total: Int

  package init(total: Int) {
    self.total = total
  }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    guard let process = network.layers.last as? GaussianProcess else {
      preconditionFailure("the evidence bound is of a network that ends in a Gaussian process")
    }
    let below = Sequential(Array(network.layers.dropLast()))
    let split = weights.count - process.weightShapes.count
    let pass = below.forward(batch.x, weights[..<split], .training(batch.dropout))
    let bound = process.bound(
      pass.output, weights[split...], labels: batch.labels, of: total)
    let gradients = split == 0 ? [] : pass.weightGradients(bound.toCodes)
    return (bound.losses, gradients + bound.toWeights)
  }
}
