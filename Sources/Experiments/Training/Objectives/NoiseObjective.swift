import Attacks
import Contract
import Kernels
import Models

/// The mean loss of images with random noise on every pixel: the control experiments of Goodfellow,
/// Shlens & Szegedy 2014, §6.
///
/// The noise is made anew at every step. The paper does not say whether clean images stay in the
/// batches; here every image is noisy.
package struct NoiseObjective: Objective, ObjectivePiece {
  /// The word that names it in the spec.
  package static let kind = "noise"
  /// What it is.
  package static let summary =
    "the loss of images with random noise (Goodfellow, Shlens & Szegedy 2014, §6)"

  /// How the noise is distributed.
  package enum Shape: String, CaseIterable, Sendable {
    /// +ε or −ε, each with probability one half.
    case sign
    /// Evenly spread over −ε…ε.
    case uniform
  }

  package let shape: Shape
  /// The largest noise.
  package let epsilon: Float

  package init(_ shape: Shape, epsilon: Float) {
    self.shape = shape
    self.epsilon = epsilon
  }

  /// Takes the `noise`, `sign` or `uniform`, and its `epsilon` in pixel units.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(
      try options.choice("noise", of: Shape.self),
      epsilon: Float(try options.double("epsilon", in: 0...1)))
  }

  /// What captions say after the network's name.
  package var manner: String {
    shape == .sign ? " with ±ε on every pixel" : " with noise between −ε and ε"
  }
  /// It meets no attack.
  package var watchedAttack: (any Attack)? { nil }
  /// Whether clean images are seen, too.
  package var openQuestions: [Deviation] {
    [
      Deviation(
        "training with noise: every image of every batch is noisy",
        because: "the paper does not say whether clean images stay in the batches")
    ]
  }

  /// For any network.
  package func objective(for network: any NetworkPiece) -> any Objective { self }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    let noisy = Batch(
      x: batch.x + noise(batch), labels: batch.labels, dropout: batch.dropout, noise: batch.noise)
    return CleanObjective().gradients(network, weights, head, on: noisy)
  }

  package func noise(_ batch: Batch) -> Tensor {
    let even = batch.x.workspace.uniform(batch.x.shape, from: -1, to: 1, seed: batch.noise)
    switch shape {
    case .uniform: return even * epsilon
    // Zero belongs to the upper half: a pixel never stays where it is.
    case .sign: return (even.sign() + 0.5).sign() * epsilon
    }
  }
}
