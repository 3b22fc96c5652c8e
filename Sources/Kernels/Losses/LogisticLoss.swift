/// log(1 + e^(−y·z)) for each logit z and its sign y = ±1: logistic regression of two classes.
///
/// `logits: [n]` or `[n, 1]`. The gradient is −y·σ(−y·z), divided by n if the loss is a mean.
public func logisticLoss(
  _ logits: Tensor, signs: [Float], reduction: Reduction = .mean
) -> LossValue {
  precondition(
    logits.shape == [signs.count] || logits.shape == [signs.count, 1],
    "\(signs.count) signs for logits of shape \(logits.shape)")
  precondition(signs.allSatisfy { $0 == 1 || $0 == -1 }, "a sign is 1 or −1")
  let gradient = Tensor(unfilled: logits.shape, in: logits.workspace)
  let (source, out) = (logits.storage.floats, gradient.storage.floats)
  let kernel = logits.workspace.kernels.pointee.logistic
  let weight = reduction.weight(of: signs.count)
  var losses = [Float](repeating: 0, count: signs.count)
  losses.withUnsafeMutableBufferPointer { losses in
    signs.withUnsafeBufferPointer { signs in
      guard let loss = losses.baseAddress, let sign = signs.baseAddress else { return }
      withExtendedLifetime(logits) { kernel(source, sign, signs.count, weight, loss, out) }
    }
  }
  return LossValue(perExample: losses, gradient: gradient)
}
