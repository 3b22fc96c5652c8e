/// −Σⱼ (xⱼ log pⱼ + (1 − xⱼ) log(1 − pⱼ)) with p = σ(z), for each row: how unlikely pixels are under
/// logits of their being white.
///
/// `logits` and `targets: [n, pixels]`, targets in 0…1. Formed from logits as Σ softplus(z) − x·z, so
/// that no probability underflows. The gradient σ(z) − x is divided by n if the loss is a mean.
public func bernoulliLoss(
  _ logits: Tensor, targets: Tensor, reduction: Reduction = .mean
) -> LossValue {
  let losses = (logits.softplus() - logits * targets).rowSums()
  let gradient = logits.sigmoid() - targets
  return LossValue(
    perExample: losses,
    gradient: reduction == .mean ? gradient * reduction.weight(of: losses.count) : gradient)
}
