/// `y = x·Wᵀ + b`; `x: [n, inputs]`, `W: [outputs, inputs]`, `b: [outputs]`, `y: [n, outputs]`.
///
/// The chain of each output starts from its bias.
public struct Dense: Layer, Hashable {
  /// Columns of `x`.
  public let inputs: Int
  /// Columns of `y`.
  public let outputs: Int

  /// A layer of these sizes.
  public init(inputs: Int, outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The shapes of W and b.
  public var weightShapes: [[Int]] { [[outputs, inputs], [outputs]] }

  /// The output, and products with W and x for the way back.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    let (w, _) = matrixAndBias(weights)
    return Pass(output: infer(x, weights)) { dy, wanted in
      (
        wanted.includesInput ? matmul(dy, w) : nil,
        wanted.includesWeights ? [matmul(dy, x, transposeA: true), columnSums(dy)] : []
      )
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    let (w, b) = matrixAndBias(weights)
    return product(x, w, transposeB: true, bias: b, pieces: 1)
  }
}
