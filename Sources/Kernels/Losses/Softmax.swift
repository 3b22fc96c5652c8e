/// Probabilities from logits `[n, classes]`, with the largest logit of a row taken off first.
public func softmax(_ logits: Tensor) -> Tensor {
  byRows(logits, logits.workspace.kernels.pointee.softmax)
}

/// Logarithms of the probabilities, computed from the logits so that none underflows to −∞.
public func logSoftmax(_ logits: Tensor) -> Tensor {
  byRows(logits, logits.workspace.kernels.pointee.log_softmax)
}

/// Rows that a shard of a loss computes.
let rowRun = 128

private func byRows(
  _ x: Tensor, _ kernel: (UnsafePointer<Float>, Int, Int, UnsafeMutablePointer<Float>) -> Void
) -> Tensor {
  let (rows, columns) = x.matrixShape
  precondition(columns > 0, "logits of shape \(x.shape) have no classes")
  let result = Tensor(unfilled: x.shape, in: x.workspace)
  let (source, out) = (x.storage.floats, result.storage.floats)
  withExtendedLifetime(x) {
    x.workspace.parallelRuns(of: rows, each: rowRun) { row, count in
      kernel(source + row * columns, count, columns, out + row * columns)
    }
  }
  return result
}
