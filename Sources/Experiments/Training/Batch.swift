import Kernels

/// The images of one training step.
struct Batch: Sendable {
  /// What the network sees, `[n, features]`.
  let x: Tensor
  /// The true labels, as positions in the classifier's classes.
  let labels: [Int]
  /// For the masks of dropout.
  let dropout: Seed
  /// For noise that an objective adds.
  let noise: Seed
}
