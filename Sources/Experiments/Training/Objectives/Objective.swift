import Kernels
import Models

/// What a training step makes smaller: the way from a batch of images to a gradient of the weights.
///
/// One objective, one file. Nothing is kept from step to step, and what is random is addressed by
/// the batch, so a resumed training gives the same bits.
package protocol Objective: Sendable {
  /// The loss of each image and the gradients of their mean at the weights.
  ///
  /// Holds no weights when it returns, so that an optimiser can change them in place.
  func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor])
}
