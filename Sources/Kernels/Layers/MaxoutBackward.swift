import CKernels

/// What the way back of one batch through a maxout layer needs.
struct MaxoutBackward: Sendable {
  let layer: Maxout
  /// `[n, inputs]`.
  let x: Tensor
  /// `[n, units]`.
  let dy: Tensor
  /// The winning piece of each unit, `[n, units]` bytes.
  let winners: Storage

  /// Units whose rows of dW are made together: the part of `x` they share stays in the cache.
  private static let unitsPerShard = 8

  /// ∂L/∂W, whose rows are promised, and ∂L/∂b.
  ///
  /// Holds on to `x` and `dy`, not to W.
  func weightGradients() -> [Tensor] {
    let workspace = x.workspace
    let kernels = workspace.kernels
    let db = Tensor(unfilled: [layer.units * layer.pieces], in: workspace)
    job { job in
      job.db = db.storage.floats
      kernels.pointee.maxout_biases(&job)
    }
    let each = Self.unitsPerShard
    let scratch = Scratch(bytes: each * layer.pieces * (x.rowCount * 8 + 12), in: workspace)
    let promise = RowPromise(
      shards: (layer.units + each - 1) / each, rowsPerShard: each * layer.pieces,
      rowCount: layer.units * layer.pieces, rowLength: layer.inputs
    ) { shard, worker, rows in
      self.job { job in
        kernels.pointee.maxout_weights(
          &job, shard * each, min(shard * each + each, layer.units), scratch.of(worker), rows)
      }
    }
    return [Tensor(promise, in: workspace), db]
  }

  /// ∂L/∂x for the weights `w`.
  func inputGradient(_ w: Tensor) -> Tensor {
    let (workspace, each) = (x.workspace, 32)
    let kernels = workspace.kernels
    let dx = Tensor(unfilled: x.shape, in: workspace)
    let scratch = Scratch(bytes: each * (layer.units * 8 + 12), in: workspace)
    withExtendedLifetime((w, scratch)) {
      job { job in
        job.w = UnsafePointer(w.storage.floats)
        job.dx = dx.storage.floats
        withUnsafePointer(to: job) { job in
          workspace.parallel((x.rowCount + each - 1) / each) { shard, worker in
            let row = shard * each
            kernels.pointee.maxout_input(
              job, row, min(row + each, x.rowCount), scratch.of(worker))
          }
        }
      }
    }
    return dx
  }

  /// A job for the kernels, good while `body` runs.
  private func job(_ body: (inout ck_maxout) -> Void) {
    precondition(
      dy.shape == [x.rowCount, layer.units],
      "a gradient of shape \(dy.shape) came back to \([x.rowCount, layer.units])")
    var job = ck_maxout()
    (job.rows, job.inputs, job.units) = (x.rowCount, layer.inputs, layer.units)
    job.pieces = layer.pieces
    job.x = UnsafePointer(x.storage.floats)
    job.dy = UnsafePointer(dy.storage.floats)
    job.winner = UnsafePointer(winners.bytes)
    withExtendedLifetime(self) { body(&job) }
  }

  /// Memory of which each worker has a part of its own.
  private struct Scratch: Sendable {
    private let memory: Storage
    private let bytes: Int

    init(bytes: Int, in workspace: Workspace) {
      self.bytes = (bytes + 63) / 64 * 64
      memory = Storage(bytes: self.bytes * workspace.threads, in: workspace)
    }

    func of(_ worker: Int) -> UnsafeMutableRawPointer { memory.raw + worker * bytes }
  }
}
