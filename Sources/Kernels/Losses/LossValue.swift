/// A loss of a batch and its gradient at the logits.
public struct LossValue: Sendable {
  /// The loss of each example.
  public let perExample: [Float]
  /// ∂/∂logits of the reduced loss, in the shape of the logits.
  public let gradient: Tensor

  /// A loss made of its parts.
  public init(perExample: [Float], gradient: Tensor) {
    self.perExample = perExample
    self.gradient = gradient
  }

  /// The mean loss, added in order of the examples.
  public var mean: Float {
    Float(perExample.reduce(0.0) { $0 + Double($1) } / Double(max(perExample.count, 1)))
  }
}

/// How the losses of a batch become one number to differentiate.
public enum Reduction: Sendable {
  /// Their mean, as training takes it.
  case mean
  /// Their sum, so that an example's gradient does not depend on its batch, as attacks need it.
  case sum

  func weight(of count: Int) -> Float { self == .mean ? 1 / Float(max(count, 1)) : 1 }
}
