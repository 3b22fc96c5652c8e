extension GaussianProcess {
  /// One minibatch of the negative evidence lower bound, divided by the number of training examples.
  public struct Bound: Sendable {
    /// −E_q[log p(y|f)] of each row plus KL / total, in nats.
    public let losses: [Float]
    /// The gradient of their mean at the codes, `[n, inputs]`.
    public let toCodes: Tensor
    /// Its gradients at the weights.
    public let toWeights: [Tensor]
  }

  /// The bound at the codes of a minibatch out of `total` training examples.
  ///
  /// Hensman, Matthews & Ghahramani 2015, equation 19: the mean over a minibatch stands for that over
  /// all examples, beside which the divergence counts once.
  public func bound(
    _ codes: Tensor, _ weights: ArraySlice<Tensor>, labels: [Int], of total: Int
  ) -> Bound {
    let (workspace, rows) = (codes.workspace, codes.rowCount)
    guard let posterior = posterior(weights) else {
      return Bound(
        losses: [Float](repeating: .nan, count: rows), toCodes: workspace.undefined(codes.shape),
        toWeights: weightShapes.map(workspace.undefined))
    }
    let reading = Reading(
      of: codes, posterior, likelihood(posterior.algebra), asked: labels.map { [$0] })
    // E_q[log p(y|f)] = P·log(1 − β) + (1 − P)·log(β / (classes − 1)).
    let logs = posterior.algebra.log([1 - beta, beta / Double(classes - 1)])
    let divergence = posterior.divergence()
    let toll = divergence.value / Double(total)
    let losses = reading.chances.values.map {
      Float(toll - ($0 * logs[0] + (1 - $0) * logs[1]))
    }
    let slope = (logs[1] - logs[0]) / Double(rows)
    let toChance = DoubleMatrix(rows, 1, [Double](repeating: slope, count: rows))
    let back = reading.pulledBack(toChance, wantsParameters: true)
    let fit = back.parameters.map { tensors($0, in: workspace) } ?? []
    let price = tensors(divergence.slopes, in: workspace)
    return Bound(
      losses: losses, toCodes: back.x.tensor(codes.shape, in: workspace),
      toWeights: zip(fit, price).map { $0.adding($1, scaledBy: 1 / Float(total)) })
  }
}
