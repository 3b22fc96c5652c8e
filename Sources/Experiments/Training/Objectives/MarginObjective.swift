import Attacks
import Contract
import Kernels
import Models

/// The softmax loss after the logit of each image's own class has lost λ‖w‖₁ of that class's weights.
///
/// The form that adversarial training of logistic regression has (Goodfellow, Shlens & Szegedy 2014,
/// §5), carried over to a single affine map with ten outputs, as Jiang and others describe it.
package struct MarginObjective: Objective, ObjectivePiece {
  /// The word that names it in the spec.
  package static let kind = "margin"
  /// What it is.
  package static let summary =
    "the softmax loss after the true logit lost λ‖w‖₁ (Jiang and others, §4.2.2)"

  /// λ.
  package let coefficient: Float

  package init(coefficient: Float) {
    self.coefficient = coefficient
  }

  /// Takes the `coefficient` λ.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(coefficient: Float(try options.double("coefficient", in: 0...1)))
  }

  /// What captions say after the network's name.
  package var manner: String { ", margin \(coefficient)" }
  /// It meets no attack.
  package var watchedAttack: (any Attack)? { nil }
  /// Its form.
  package var openQuestions: [Deviation] {
    [
      Deviation(
        "softmax regression, margin: the form of the loss is ours",
        because: "the report gives a coefficient, and neither a recipe nor a formula for ten"
          + " classes; a term of the logistic form is taken from the logit of the true class")
    ]
  }

  /// For softmax regression alone: it takes the only layer's weights by class.
  package func objective(for network: any NetworkPiece) throws(OptionError) -> any Objective {
    guard network is SoftmaxRegression else {
      throw .objective(
        Self.kind, doesNotFit: type(of: network).kind, needs: SoftmaxRegression.kind)
    }
    return self
  }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    let (w, workspace) = (weights[0], weights[0].workspace)
    let (classes, features) = (w.shape[0], w.shape[1])
    let magnitudes = w.magnitudes().values
    let norms = (0..<classes).map { row in
      magnitudes[row * features..<(row + 1) * features].reduce(0, +)
    }
    var own = [Float](repeating: 0, count: batch.labels.count * classes)
    var taken = own
    for (row, label) in batch.labels.enumerated() {
      own[row * classes + label] = 1
      taken[row * classes + label] = -coefficient * norms[label]
    }
    let shape = [batch.labels.count, classes]
    let logits = network.infer(batch.x, weights[...]) + workspace.tensor(shape, taken)
    let loss = head.loss(logits, labels: batch.labels, reduction: .mean)
    // A logit falls by λ·sign w for each image of its class.
    let pull = columnSums(loss.gradient * workspace.tensor(shape, own)).values
    let penalty = workspace.tensor(
      [classes, features],
      pull.flatMap { [Float](repeating: -coefficient * $0, count: features) })
    let dw = matmul(loss.gradient, batch.x, transposeA: true) + w.sign() * penalty
    return (loss.perExample, [dw, columnSums(loss.gradient)])
  }
}
