/// Whether a layer is being trained; randomness comes with it, never from elsewhere.
public enum Mode: Sendable {
  /// Layers do what they do for a user.
  case inference
  /// Layers may add noise, drawn from the seed.
  case training(Seed)

  /// The mode of one of several layers, so that no two share their noise.
  public func forked(_ index: Int) -> Mode {
    switch self {
    case .inference: .inference
    case .training(let seed): .training(seed.forked(index))
    }
  }
}

/// What a pullback is asked for.
public enum Wanted: Sendable {
  /// ∂L/∂x alone, as an attack wants it.
  case input
  /// ∂L/∂x and ∂L/∂weights.
  case inputAndWeights
  /// ∂L/∂weights alone, as the first layer of a training step needs it.
  case weights

  var includesWeights: Bool { self != .input }
  var includesInput: Bool { self != .weights }
}

/// A layer's answer and the way back.
public struct Pass: Sendable {
  /// What the layer computed, one row for each row of the input.
  public let output: Tensor
  /// Maps ∂L/∂output to ∂L/∂x and ∂L/∂weights.
  ///
  /// Pure: it can be called any number of times. `dx` is nil only when `.weights` is wanted, and
  /// `dWeights` is empty when `.input` is.
  public let pullback:
    @Sendable (_ dy: Tensor, _ wanted: Wanted) -> (dx: Tensor?, dWeights: [Tensor])

  /// An answer and the way back.
  public init(
    output: Tensor,
    pullback:
      @escaping @Sendable (_ dy: Tensor, _ wanted: Wanted) -> (
        dx: Tensor?, dWeights: [Tensor]
      )
  ) {
    self.output = output
    self.pullback = pullback
  }

  /// ∂L/∂x of ∂L/∂output.
  public func inputGradient(_ dy: Tensor) -> Tensor {
    guard let dx = pullback(dy, .input).dx else {
      preconditionFailure("a pullback did not give the input gradient it was asked for")
    }
    return dx
  }

  /// ∂L/∂weights of ∂L/∂output.
  public func weightGradients(_ dy: Tensor) -> [Tensor] { pullback(dy, .weights).dWeights }
}

/// One differentiable step: sizes only, never numbers, so it can be hashed into a cache key.
public protocol Layer: Sendable {
  /// Shapes of the weights, in the order `forward` receives them; empty if it has none.
  var weightShapes: [[Int]] { get }
  /// Maps a batch `x: [n, …]` to an output and the way back.
  func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _ mode: Mode) -> Pass
  /// Maps a batch to the output that `forward` gives in inference, and keeps nothing.
  func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor
}

extension Layer {
  /// The output of `forward` in inference.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    forward(x, weights, .inference).output
  }

  /// The matrix and the bias of a layer that has these two.
  func matrixAndBias(_ weights: ArraySlice<Tensor>) -> (w: Tensor, b: Tensor) {
    let shapes = weights.map(\.shape)
    precondition(
      shapes == weightShapes, "weights of shapes \(shapes) were given where \(weightShapes) belong")
    return (weights[weights.startIndex], weights[weights.startIndex + 1])
  }
}
