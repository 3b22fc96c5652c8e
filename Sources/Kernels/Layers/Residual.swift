/// `y = x + f(x)` for a layer f that keeps the shape.
public struct Residual: Layer {
  /// The layer beside the identity.
  public let layer: any Layer

  /// The identity plus a layer.
  public init(_ layer: any Layer) { self.layer = layer }

  /// The shapes of the layer's weights.
  public var weightShapes: [[Int]] { layer.weightShapes }

  /// The sum, and the way back through both: the gradient plus what comes back through the layer.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _ mode: Mode) -> Pass {
    let pass = layer.forward(x, weights, mode.forked(0))
    return Pass(output: sum(x, pass.output)) { dy, wanted in
      let (dx, dWeights) = pass.pullback(dy, wanted)
      return (dx.map { dy + $0 }, dWeights)
    }
  }

  /// The sum alone.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    sum(x, layer.infer(x, weights))
  }

  private func sum(_ x: Tensor, _ y: Tensor) -> Tensor {
    precondition(
      x.shape == y.shape,
      "a residual layer made shape \(y.shape) of \(x.shape), which do not add up")
    return x + y
  }
}
