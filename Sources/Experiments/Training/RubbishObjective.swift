import Kernels
import Models

/// Half the loss of the images, and half that of as many rubbish inputs, draws of N(0, I), for naming
/// any class at all.
///
/// Goodfellow, Shlens & Szegedy 2014, appendix A: the network can be trained out of its false
/// positives on such inputs. The paper does not say how; here a softmax is asked for equal
/// probabilities, and independent sigmoids for none.
package struct RubbishObjective: Objective {

  package init() {
  }
  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    let rubbish = batch.x.workspace.normal(batch.x.shape, mean: 0, deviation: 1, seed: batch.noise)
    let images = Classifier.weightGradients(
      network, weights, at: batch.x, mode: .training(batch.dropout)
    ) {
      head.loss($0, labels: batch.labels, reduction: .mean).halved
    }
    let others = Classifier.weightGradients(
      network, weights, at: rubbish, mode: .training(batch.dropout.forked("rubbish"))
    ) {
      head.lossOfNaming($0).halved
    }
    return (
      zip(images.losses, others.losses).map { ($0 + $1) / 2 },
      summed(images.gradients, others.gradients)
    )
  }
}

extension LossValue {
  fileprivate var halved: LossValue { LossValue(perExample: perExample, gradient: gradient * 0.5) }
}
