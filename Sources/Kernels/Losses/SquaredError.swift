/// ½‖y − t‖² for each row: minus the log-likelihood of a Gaussian with variance 1, but for a constant.
///
/// `outputs` and `targets: [n, features]`. The gradient y − t is divided by n if the loss is a mean.
public func squaredError(
  _ outputs: Tensor, targets: Tensor, reduction: Reduction = .mean
) -> LossValue {
  let difference = outputs - targets
  let losses = difference.rowSumsOfSquares().map { $0 * 0.5 }
  return LossValue(
    perExample: losses,
    gradient: reduction == .mean ? difference * reduction.weight(of: losses.count) : difference)
}
