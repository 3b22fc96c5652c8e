import Kernels
import Models

/// The mean loss of images with random noise on every pixel: the control experiments of Goodfellow,
/// Shlens & Szegedy 2014, §6.
///
/// The noise is made anew at every step. The paper does not say whether clean images stay in the
/// batches; here every image is noisy.
package struct NoiseObjective: Objective {
  /// How the noise is distributed.
  package enum Kind: String, CaseIterable, Sendable {
    /// +ε or −ε, each with probability one half.
    case sign
    /// Evenly spread over −ε…ε.
    case uniform
  }

  package let kind: Kind
  /// The largest noise.
  package let epsilon: Float

  package init(kind: Kind, epsilon: Float) {
    self.kind = kind
    self.epsilon = epsilon
  }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    let noisy = Batch(
      x: batch.x + noise(batch), labels: batch.labels, dropout: batch.dropout, noise: batch.noise)
    return CleanObjective().gradients(network, weights, head, on: noisy)
  }

  package func noise(_ batch: Batch) -> Tensor {
    let even = batch.x.workspace.uniform(batch.x.shape, from: -1, to: 1, seed: batch.noise)
    switch kind {
    case .uniform: return even * epsilon
    // Zero belongs to the upper half: a pixel never stays where it is.
    case .sign: return (even.sign() + 0.5).sign() * epsilon
    }
  }
}
