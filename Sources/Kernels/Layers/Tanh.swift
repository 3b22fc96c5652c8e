/// The hyperbolic tangent, element by element.
public struct Tanh: Layer, Hashable {
  /// A layer without sizes.
  public init() {}

  /// There are no weights.
  public var weightShapes: [[Int]] { [] }

  /// The output, and its slope for the way back.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    let y = infer(x, weights)
    return Pass(output: y) { dy, wanted in
      (
        wanted.includesInput
          ? y.zipped(dy, y.workspace.kernels.pointee.hyperbolic_tangent_back) : nil, []
      )
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _: ArraySlice<Tensor>) -> Tensor {
    x.mapped(x.workspace.kernels.pointee.hyperbolic_tangent)
  }
}
