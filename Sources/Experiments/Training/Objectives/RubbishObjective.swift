import Attacks
import Contract
import Kernels
import Models

/// Half the loss of the images, and half that of as many rubbish inputs, draws of N(0, I), for naming
/// any class at all.
///
/// Goodfellow, Shlens & Szegedy 2014, appendix A: the network can be trained out of its false
/// positives on such inputs. The paper does not say how; here a softmax is asked for equal
/// probabilities, and independent sigmoids for none.
package struct RubbishObjective: Objective, ObjectivePiece {
  /// The word that names it in the spec.
  package static let kind = "rubbish"
  /// What it is.
  package static let summary =
    "half the loss of images, half that of noise for any name (Goodfellow, Shlens & Szegedy 2014, app. A)"

  /// What captions say after the network's name.
  package var manner: String { " with rubbish" }
  /// It meets no attack.
  package var watchedAttack: (any Attack)? { nil }
  /// How a network unlearns its false positives.
  package var openQuestions: [Deviation] {
    [
      Deviation(
        "training on rubbish: half of the loss is that of as many draws of N(0, I) as there are"
          + " images, made anew at every step, which ask a softmax for equal probabilities and"
          + " independent sigmoids for “no” from every class",
        because: "the paper says that it can be done and not how")
    ]
  }

  package init() {}

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// For networks that can name no class, or all alike.
  package func objective(for network: any NetworkPiece) throws(OptionError) -> any Objective {
    guard network.head == .softmax || network.head == .independentSigmoids else {
      throw .objective(
        Self.kind, doesNotFit: type(of: network).kind,
        needs: "a softmax or independent sigmoids on top")
    }
    return self
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
