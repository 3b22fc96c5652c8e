import Kernels

/// Something that names a class and whose loss has a gradient: what attacks are aimed at.
public protocol Victim: Sendable {
  /// The data set's class behind each label.
  var classes: [Int] { get }
  /// The class it names for each row of `x: [n, features]`, with its probability.
  func answers(_ x: Tensor) -> [Classifier.Answer]
  /// ∂L/∂x of the loss of each row on its own, `[n, features]`, for the labels given.
  func lossGradient(at x: Tensor, labels: [Int]) -> Tensor
}

extension Classifier: Victim {}
