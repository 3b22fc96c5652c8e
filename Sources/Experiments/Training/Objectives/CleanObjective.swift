import Attacks
import Contract
import Kernels
import Models

/// The mean loss of the images as they are.
package struct CleanObjective: Objective, ObjectivePiece {
  /// The word that names it in the spec.
  package static let kind = "clean"
  /// What it is.
  package static let summary = "the mean loss of the images as they are"

  /// Captions say nothing of it.
  package var manner: String { "" }
  /// It meets no attack.
  package var watchedAttack: (any Attack)? { nil }
  /// It leaves nothing open.
  package var openQuestions: [Deviation] { [] }

  /// The mean loss.
  package init() {}

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// For any network.
  package func objective(for network: any NetworkPiece) -> any Objective { self }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    Classifier.weightGradients(network, weights, at: batch.x, mode: .training(batch.dropout)) {
      head.loss($0, labels: batch.labels, reduction: .mean)
    }
  }
}
