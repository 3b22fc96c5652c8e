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
      let back = Backward(layer: self, x: x, w: w, dy: dy, winners: winners)
      return (
        wanted.includesInput ? back.inputGradient() : nil,
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

  /// What the way back of one batch needs.
  private struct Backward {
    let layer: Maxout
    let x: Tensor
    let w: Tensor
    let dy: Tensor
    let winners: Storage

    func weightGradients() -> [Tensor] {
      let dw = Tensor(unfilled: w.shape, in: x.workspace)
      let db = Tensor(unfilled: [w.shape[0]], in: x.workspace)
      run(
        layer.units, each: 8, scratch: layer.pieces * (x.rowCount * 8 + 12),
        x.workspace.kernels.pointee.maxout_weights
      ) {
        $0.dw = dw.storage.floats
        $0.db = db.storage.floats
      }
      return [dw, db]
    }

    func inputGradient() -> Tensor {
      let dx = Tensor(unfilled: x.shape, in: x.workspace)
      run(
        x.rowCount, each: 32, scratch: layer.units * 8 + 12,
        x.workspace.kernels.pointee.maxout_input
      ) {
        $0.dx = dx.storage.floats
      }
      return dx
    }

    /// Runs a kernel over `0..<count`, with so many bytes of scratch memory for each index.
    private func run(
      _ count: Int, each: Int, scratch: Int,
      _ kernel: (UnsafePointer<ck_maxout>, Int, Int, UnsafeMutableRawPointer) -> Void,
      setting outputs: (inout ck_maxout) -> Void
    ) {
      let workspace = x.workspace
      precondition(
        dy.shape == [x.rowCount, layer.units],
        "a gradient of shape \(dy.shape) came back to \([x.rowCount, layer.units])")
      let scratchBytes = (each * scratch + 63) / 64 * 64
      let memory = Storage(bytes: scratchBytes * workspace.threads, in: workspace)
      var job = ck_maxout()
      (job.rows, job.inputs, job.units) = (x.rowCount, layer.inputs, layer.units)
      job.pieces = layer.pieces
      job.x = UnsafePointer(x.storage.floats)
      job.w = UnsafePointer(w.storage.floats)
      job.dy = UnsafePointer(dy.storage.floats)
      job.winner = UnsafePointer(winners.bytes)
      outputs(&job)
      withExtendedLifetime((self, memory)) {
        withUnsafePointer(to: job) { job in
          workspace.parallel((count + each - 1) / each) { shard, worker in
            kernel(
              job, shard * each, min(shard * each + each, count),
              memory.raw + worker * scratchBytes)
          }
        }
      }
    }
  }
}
