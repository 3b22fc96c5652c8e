import Attacks
import Contract
import Kernels
import Models

/// Logistic regression against the worst case within ±ε, softplus(ε‖w‖₁ − y·(wᵀx + b)).
///
/// Goodfellow, Shlens & Szegedy 2014, §5.
///
/// The most that ±ε on every pixel can take from the margin y·(wᵀx + b) of an image is ε‖w‖₁, by moving
/// it along −y·sign w. The paper prints softplus(y·(ε‖w‖₁ − wᵀx − b)), which is that for y = +1
/// alone; here every image has the sign of its own class.
package struct WorstCaseObjective: Objective, ObjectivePiece {
  /// The word that names it in the spec.
  package static let kind = "worst-case"
  /// What it is.
  package static let summary =
    "logistic loss of the worst image within ±ε (Goodfellow, Shlens & Szegedy 2014, §5)"

  package let epsilon: Float

  package init(epsilon: Float) {
    self.epsilon = epsilon
  }

  /// Takes `epsilon`, in pixel units.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(epsilon: Float(try options.double("epsilon", in: 0...1)))
  }

  /// What captions say after the network's name.
  package var manner: String { ", against the worst case" }
  /// FGSM, which is that worst case.
  package var watchedAttack: (any Attack)? { FGSM(LInfBall(epsilon: epsilon)) }
  /// The printed formula.
  package var openQuestions: [Deviation] {
    [
      Deviation(
        "logistic regression against the worst case: the sign of each image's own class, not the printed formula, which has one sign for all",
        because: "the printed formula is the worst case for y = +1 alone")
    ]
  }

  /// For logistic regression alone: elsewhere the worst case has no closed form.
  package func objective(for network: any NetworkPiece) throws(OptionError) -> any Objective {
    guard network is LogisticRegression else {
      throw .objective(
        Self.kind, doesNotFit: type(of: network).kind, needs: LogisticRegression.kind)
    }
    return self
  }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    let (w, workspace) = (weights[0], weights[0].workspace)
    let signs: [Float] = batch.labels.map { $0 == 1 ? 1 : -1 }
    let y = workspace.tensor([signs.count, 1], signs)
    let logits = network.infer(batch.x, weights[...])
    let taken = logits.adding(y, scaledBy: -epsilon * w.sumOfMagnitudes())
    let loss = logisticLoss(taken, signs: signs, reduction: .mean)
    // ∂/∂w of the logit of an image is x − y·ε·sign w, that of its bias 1.
    let pull = matmul(loss.gradient, y, transposeA: true).values[0]
    let dw = matmul(loss.gradient, batch.x, transposeA: true)
      .adding(w.sign(), scaledBy: -epsilon * pull)
    return (loss.perExample, [dw, columnSums(loss.gradient)])
  }
}
