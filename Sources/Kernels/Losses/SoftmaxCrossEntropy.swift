/// −log softmax(logits)[label] for each row of `logits: [n, classes]`, from a stable log-sum-exp.
///
/// The gradient is softmax − one-hot, divided by n if the loss is a mean.
public func softmaxCrossEntropy(
  _ logits: Tensor, labels: [Int], reduction: Reduction = .mean
) -> LossValue {
  let (rows, columns) = logits.matrixShape
  precondition(labels.count == rows, "\(labels.count) labels for logits of shape \(logits.shape)")
  precondition(
    labels.allSatisfy { (0..<columns).contains($0) },
    "labels \(labels.min() ?? 0)…\(labels.max() ?? 0) for \(columns) classes")
  let gradient = Tensor(unfilled: logits.shape, in: logits.workspace)
  let (source, out) = (logits.storage.floats, gradient.storage.floats)
  let kernel = logits.workspace.kernels.pointee.cross_entropy
  let (weight, targets) = (reduction.weight(of: rows), labels.map(Int32.init))
  var losses = [Float](repeating: 0, count: rows)
  losses.withUnsafeMutableBufferPointer { losses in
    targets.withUnsafeBufferPointer { targets in
      guard let loss = losses.baseAddress, let target = targets.baseAddress else { return }
      withExtendedLifetime(logits) {
        logits.workspace.parallelRuns(of: rows, each: rowRun) { row, count in
          let offset = row * columns
          kernel(
            source + offset, target + row, count, columns, weight, loss + row, out + offset)
        }
      }
    }
  }
  return LossValue(perExample: losses, gradient: gradient)
}
