import Kernels

/// The images of one training step.
package struct Batch: Sendable {
  /// What the network sees, `[n, features]`.
  package let x: Tensor
  /// The true labels, as positions in the classifier's classes.
  package let labels: [Int]
  /// For the masks of dropout.
  package let dropout: Seed
  /// For noise that an objective adds.
  package let noise: Seed

  package init(x: Tensor, labels: [Int], dropout: Seed, noise: Seed) {
    self.x = x
    self.labels = labels
    self.dropout = dropout
    self.noise = noise
  }
}
