import CKernels

/// The largest of a few linear functions for each unit (Goodfellow and others, 2013).
///
/// `y[i, u]` is the maximum over pieces p of `x[i]·W[u·pieces + p] + b[u·pieces + p]`.
///
/// `x: [n, inputs]`, `W: [units·pieces, inputs]`, `b: [units·pieces]`, `y: [n, units]`. Of equal
/// pieces the first wins, and only the winner gets a gradient. A gradient that is exactly 0 adds no
/// term to a chain, so the way back pays only for what dropout left.
public struct Maxout: Layer, Hashable {
  /// Columns of `x`.
  public let inputs: Int
  /// Columns of `y`.
  public let units: Int
  /// Linear functions of which a unit takes the largest, at most 255.
  public let pieces: Int

  /// A layer of these sizes.
  public init(inputs: Int, units: Int, pieces: Int) {
    precondition((1...255).contains(pieces), "a maxout unit has 1 to 255 pieces, not \(pieces)")
    self.inputs = inputs
    self.units = units
    self.pieces = pieces
  }

  /// The shapes of W and b.
  public var weightShapes: [[Int]] { [[units * pieces, inputs], [units * pieces]] }

  /// The output, and the way back through the winners alone.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    let (w, _) = matrixAndBias(weights)
    let winners = Storage(bytes: x.rowCount * units, in: x.workspace)
    let y = largest(x, weights, winners: winners)
    return Pass(output: y) { dy, wanted in
      let back = MaxoutBackward(layer: self, x: x, dy: dy, winners: winners)
      return (
        wanted.includesInput ? back.inputGradient(w) : nil,
        wanted.includesWeights ? back.weightGradients() : []
      )
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _ weights: ArraySlice<Tensor>) -> Tensor {
    largest(x, weights, winners: nil)
  }

  private func largest(
    _ x: Tensor, _ weights: ArraySlice<Tensor>, winners: Storage?
  ) -> Tensor {
    let (w, b) = matrixAndBias(weights)
    // Equal pieces stand side by side, so that the maximum runs over whole vectors of units.
    let z = product(x, w, transposeB: true, bias: b, pieces: pieces)
    let y = Tensor(unfilled: [x.rowCount, units], in: x.workspace)
    let (source, out, chosen) = (z.storage.floats, y.storage.floats, winners?.bytes)
    let kernel = x.workspace.kernels.pointee.maxout_select
    withExtendedLifetime(z) {
      x.workspace.parallelRuns(of: x.rowCount, each: 16) { row, rows in
        kernel(
          source + row * units * pieces, rows, units, pieces, out + row * units,
          chosen.map { $0 + row * units })
      }
    }
    return y
  }
}
