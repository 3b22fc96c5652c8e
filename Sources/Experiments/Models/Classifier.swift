import Contract
import Kernels

/// A trained network that names a class: what attacks are aimed at and measures are taken of.
package struct Classifier: Sendable {
  /// What a classifier says about one image.
  package struct Answer: Hashable, Sendable {
    /// The position of the class in `classes`.
    package let label: Int
    /// The probability it gives to that class, 0…1.
    package let confidence: Float
  }

  /// The layers of the network.
  package let architecture: Architecture
  /// Its numbers, in the order of the architecture's weights.
  package let weights: [Tensor]
  /// How logits become probabilities.
  package let head: Head
  /// The data set's class behind each label, such as `[3, 7]`.
  package let classes: [Int]

  /// A classifier from its parts.
  package init(architecture: Architecture, weights: [Tensor], head: Head, classes: [Int]) {
    precondition(
      weights.map(\.shape) == architecture.network.weightShapes,
      "weights of shapes \(weights.map(\.shape)) do not fit \(architecture.text)")
    self.architecture = architecture
    self.weights = weights
    self.head = head
    self.classes = classes
  }

  /// Scores before normalisation, `[n, classes]` (`[n, 1]` for a sigmoid).
  ///
  /// `x: [n, features]`.
  package func logits(_ x: Tensor) -> Tensor { architecture.network.infer(x, weights[...]) }

  /// The class with the highest probability, and that probability, for each row of `x`.
  package func answers(_ x: Tensor) -> [Answer] { head.answers(logits(x)) }

  /// The same network with other weights.
  package func with(_ weights: [Tensor]) -> Classifier {
    Classifier(architecture: architecture, weights: weights, head: head, classes: classes)
  }

  /// ∂L/∂x for the cross-entropy of each row on its own, `[n, features]`; the label is the true one.
  ///
  /// Rows do not see each other: the loss is summed, not averaged, so the result for an image does
  /// not depend on its batch. Log-probabilities are formed from logits, never from probabilities.
  package func lossGradient(at x: Tensor, labels: [Int]) -> Tensor {
    loss(at: x, labels: labels).gradient
  }

  /// The same with the cross-entropy of each row.
  package func loss(at x: Tensor, labels: [Int]) -> LossValue {
    let pass = architecture.network.forward(x, weights[...], .inference)
    let step = loss(pass.output, labels: labels, reduction: .sum)
    return LossValue(
      perExample: step.perExample, gradient: pass.inputGradient(step.gradient))
  }

  /// One step's losses and the gradients of their mean at the weights.
  ///
  /// The way back holds the weights; when this returns it is gone, so that an optimiser can change
  /// them in place instead of copying them.
  package static func weightGradients(
    _ network: Sequential, _ weights: [Tensor], at x: Tensor, mode: Mode,
    loss: (Tensor) -> LossValue
  ) -> (losses: [Float], gradients: [Tensor]) {
    let pass = network.forward(x, weights[...], mode)
    let value = loss(pass.output)
    return (value.perExample, pass.weightGradients(value.gradient))
  }

  /// The cross-entropy under this head, with its gradient at the logits.
  package func loss(_ logits: Tensor, labels: [Int], reduction: Reduction) -> LossValue {
    head.loss(logits, labels: labels, reduction: reduction)
  }
}

extension Classifier {
  /// The weights under PyTorch’s names, with the architecture in the metadata.
  package var bundle: TensorBundle {
    let network = Network(architecture, weights).bundle
    let facts = ["head": head.rawValue, "classes": classes.map(String.init).joined(separator: " ")]
    return TensorBundle(network.arrays, metadata: network.metadata.merging(facts) { $1 })
  }

  /// Reads a classifier back; throws if the arrays do not fit the architecture.
  package init(_ bundle: TensorBundle, in workspace: Workspace) throws(StageFailure) {
    let network = try Network(bundle, in: workspace)
    guard let head = bundle.metadata["head"].flatMap(Head.init(rawValue:)) else {
      throw StageFailure(.data, "these weights do not say what network they belong to")
    }
    let classes = (bundle.metadata["classes"] ?? "").split(separator: " ").compactMap { Int($0) }
    let logits = network.weights.last?.shape.first ?? 0
    guard classes.count >= 2, logits == (head == .sigmoid ? classes.count - 1 : classes.count)
    else {
      throw StageFailure(
        .data,
        "a \(head.rawValue) over \(logits) logits does not fit \(classes.count) classes")
    }
    self.init(
      architecture: network.architecture, weights: network.weights, head: head, classes: classes)
  }
}
