import Kernels

extension Classifier.Head {
  /// The probability of each class, `[n, classes]`, for each row of logits.
  package func probabilities(_ logits: Tensor) -> Tensor {
    switch self {
    case .softmax: return Kernels.softmax(logits)
    case .independentSigmoids: return logits.sigmoid()
    case .exponential: return logits.exponentials()
    case .sigmoid:
      let (no, yes) = ((logits * -1).sigmoid().values, logits.sigmoid().values)
      return logits.workspace.tensor(
        [logits.shape[0], 2], zip(no, yes).flatMap { [$0, $1] })
    }
  }

  /// log p of one class for each row of logits, and its gradient at the logits.
  ///
  /// Unlike the loss of a label it does not ask what becomes of the other classes' probabilities.
  package func logProbability(_ logits: Tensor, of labels: [Int]) -> LossValue {
    let classes = logits.shape.last ?? 0
    switch self {
    case .softmax, .sigmoid:
      let loss = loss(logits, labels: labels, reduction: .sum)
      return LossValue(perExample: loss.perExample.map { -$0 }, gradient: loss.gradient * -1)
    case .independentSigmoids:
      // log σ(z) = −log(1 + e⁻ᶻ), with slope σ(−z).
      return Self.chosen(
        labels, classes, logits, (logits * -1).softplus() * -1, (logits * -1).sigmoid())
    case .exponential:
      return Self.chosen(labels, classes, logits, logits, logits * 0 + 1)
    }
  }

  private static func chosen(
    _ labels: [Int], _ classes: Int, _ logits: Tensor, _ values: Tensor, _ slopes: Tensor
  ) -> LossValue {
    let (all, slope) = (values.values, slopes.values)
    var gradient = [Float](repeating: 0, count: logits.count)
    for (row, label) in labels.enumerated() {
      gradient[row * classes + label] = slope[row * classes + label]
    }
    return LossValue(
      perExample: labels.enumerated().map { all[$0 * classes + $1] },
      gradient: logits.workspace.tensor(logits.shape, gradient))
  }
}
