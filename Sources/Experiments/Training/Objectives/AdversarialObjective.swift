import Attacks
import Contract
import Kernels
import Models

/// Adversarial training, J̃ = α·J(θ, x, y) + (1 − α)·J(θ, x + ε·sign ∇ₓJ(θ, x, y), y).
///
/// Goodfellow, Shlens & Szegedy 2014, §6.
///
/// The perturbation is made anew at every step against the weights of that step, and is a constant in
/// the gradient. With `below` above 0 it is added to the output of that many first steps of the
/// network instead of its input, the paper's perturbation of hidden layers.
///
/// The paper does not say whether dropout is active while the perturbation is made. With
/// `keepsMask`, both losses and the perturbation see the network that one dropout mask leaves;
/// without, the perturbation is made against the whole network, as a test attack is, and both losses
/// draw their own masks.
package struct AdversarialObjective: Objective, ObjectivePiece {
  /// The word that names it in the spec.
  package static let kind = "adversarial"
  /// What it is.
  package static let summary =
    "a mean of the clean loss and that under FGSM (Goodfellow, Shlens & Szegedy 2014, §6)"

  /// The share of the clean loss, 0…1: 0.5 in the paper.
  package let alpha: Float
  /// How far each number moves: 0.25 in the paper.
  package let epsilon: Float
  /// Whether one dropout mask serves all three.
  package let keepsMask: Bool
  /// Steps of the network below the perturbation.
  package var below = 0
  /// The hidden layer whose output is perturbed, from 1; 0 for the input.
  private var layer = 0

  /// What captions say after the network's name.
  package var manner: String { " on adversarial examples" }
  /// FGSM on the input, whichever layer is perturbed in training.
  package var watchedAttack: (any Attack)? { FGSM(LInfBall(epsilon: epsilon)) }
  /// What sees the dropout mask.
  package var openQuestions: [Deviation] {
    [
      Deviation(
        "adversarial training: the perturbation is made "
          + (keepsMask
            ? "against the network that the step's dropout mask leaves"
            : "against the whole network, without dropout"),
        because: "the paper does not say which; patience and ε of its adversarial stopping rule"
          + " are not stated either and are taken from the rest of the recipe")
    ]
  }

  /// Takes `alpha`, the share of the clean loss; `epsilon`, in pixel units; `perturbed-layer`, 0 for
  /// the input and 1 or 2 for the output of a hidden layer; and `one-mask`, whether the perturbation is
  /// made under the dropout mask of the step.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(
      alpha: Float(try options.double("alpha", in: 0...1)),
      epsilon: Float(try options.double("epsilon", in: 0...1)),
      keepsMask: try options.bool("one-mask"))
    layer = try options.int("perturbed-layer", in: 0...2)
  }

  /// For any network, if the input is perturbed.
  package func objective(for network: any NetworkPiece) throws(OptionError) -> any Objective {
    guard layer > 0 else { return self }
    guard let steps = network.steps(upToHiddenLayer: layer) else {
      throw OptionError(
        path: ["perturbed-layer"],
        message: "‘\(type(of: network).kind)’ has no hidden layer \(layer) to be perturbed",
        hint: "give 0, which perturbs the input")
    }
    var objective = self
    objective.below = steps
    return objective
  }

  package init(alpha: Float, epsilon: Float, keepsMask: Bool, below: Int = 0) {
    self.alpha = alpha
    self.epsilon = epsilon
    self.keepsMask = keepsMask
    self.below = below
  }

  package func gradients(
    _ network: Sequential, _ weights: [Tensor], _ head: Classifier.Head, on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    let (lower, upper) = network.split(after: below)
    let lowerWeights = weights.prefix(lower.weightShapes.count)
    let upperWeights = weights.dropFirst(lower.weightShapes.count)
    let base = lower.forward(batch.x, lowerWeights, .training(batch.dropout.forked("below")))
    let mask = batch.dropout
    func loss(_ logits: Tensor) -> LossValue {
      head.loss(logits, labels: batch.labels, reduction: .mean)
    }

    let clean = upper.forward(base.output, upperWeights, .training(mask))
    let cleanLoss = loss(clean.output)
    let direction: Tensor
    if keepsMask {
      direction = clean.inputGradient(cleanLoss.gradient)
    } else {
      let whole = upper.forward(base.output, upperWeights, .inference)
      direction = whole.inputGradient(loss(whole.output).gradient)
    }
    let moved = base.output.adding(direction.sign(), scaledBy: epsilon)
    let adversarial = upper.forward(
      moved, upperWeights, .training(keepsMask ? mask : mask.forked("adversarial")))
    let adversarialLoss = loss(adversarial.output)

    let wanted: Wanted = below == 0 ? .weights : .inputAndWeights
    let (one, other) = (
      clean.pullback(cleanLoss.gradient * alpha, wanted),
      adversarial.pullback(adversarialLoss.gradient * (1 - alpha), wanted)
    )
    let lowerGradients =
      if let a = one.dx, let b = other.dx { base.weightGradients(a + b) } else { [Tensor]() }
    return (
      zip(cleanLoss.perExample, adversarialLoss.perExample)
        .map { alpha * $0 + (1 - alpha) * $1 },
      lowerGradients + summed(one.dWeights, other.dWeights)
    )
  }
}

extension Sequential {
  /// The first steps and the others, as two networks.
  fileprivate func split(after count: Int) -> (Sequential, Sequential) {
    precondition(count < layers.count, "\(count) of \(layers.count) steps leave none above")
    return (Sequential(Array(layers.prefix(count))), Sequential(Array(layers.dropFirst(count))))
  }
}
