/// Radial basis units: how far each row is from a centre, every coordinate on a scale of its own.
///
/// `z[i, u] = −Σⱼ s[u, j]²·(x[i, j] − μ[u, j])²`; `x: [n, inputs]`, `s, μ: [outputs, inputs]`,
/// `z: [n, outputs]`, all z ≤ 0.
///
/// The squares are multiplied out, so that the work is two products of matrices: x·(2s²μ)ᵀ, whose
/// chains start from −Σ s²μ², less (x∘x)·(s²)ᵀ. What rounding leaves above 0 is brought back to it.
public struct RadialBasis: Layer, Hashable {
  /// Columns of `x`.
  public let inputs: Int
  /// Columns of `z`.
  public let outputs: Int

  /// A layer of these sizes.
  public init(inputs: Int, outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
  }

  /// The shapes of s and μ.
  public var weightShapes: [[Int]] { [[outputs, inputs], [outputs, inputs]] }

  /// The output, and the products that lead back to x, s and μ.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    let (s, centre) = scaleAndCentre(weights)
    return Pass(output: infer(x, weights)) { dy, wanted in
      let precision = s * s
      let dx: Tensor? =
        if wanted.includesInput {
          matmul(dy, precision * centre) * 2 + x * matmul(dy, precision) * -2
        } else { nil }
      return (dx, wanted.includesWeights ? gradients(x, dy, s, centre) : [])
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    let (s, centre) = scaleAndCentre(weights)
    let precision = s * s
    let offset = x.workspace.tensor([outputs], (s * centre).rowSumsOfSquares()) * -1
    let linear = product(
      x, precision * centre * 2, transposeB: true, bias: offset, pieces: 1)
    return (linear - matmul(x * x, precision, transposeB: true))
      .clamped(to: -Float.greatestFiniteMagnitude...0)
  }

  /// ∂L/∂s and ∂L/∂μ from the sums over the batch of dy, dy·x and dy·x².
  private func gradients(
    _ x: Tensor, _ dy: Tensor, _ s: Tensor, _ centre: Tensor
  ) -> [Tensor] {
    let ones = x.workspace.tensor([1, inputs], [Float](repeating: 1, count: inputs))
    let sums = matmul(columnSums(dy).reshaped([outputs, 1]), ones)
    let first = matmul(dy, x, transposeA: true)
    let second = matmul(dy, x * x, transposeA: true)
    let moved = first - sums * centre
    // Σ dy·(x − μ)² = Σ dy·x² − μ·(Σ dy·x + Σ dy·(x − μ)).
    let squares = second - centre * (first + moved)
    return [s * squares * -2, s * s * moved * 2]
  }

  private func scaleAndCentre(_ weights: ArraySlice<Tensor>) -> (scale: Tensor, centre: Tensor) {
    let shapes = weights.map(\.shape)
    precondition(
      shapes == weightShapes, "weights of shapes \(shapes) were given where \(weightShapes) belong")
    return (weights[weights.startIndex], weights[weights.startIndex + 1])
  }
}
