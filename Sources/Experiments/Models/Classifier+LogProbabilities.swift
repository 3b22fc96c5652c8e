import Contract
import Kernels

extension Classifier {
  /// The logarithm of the probability of each class, `[n, classes]`, in nats.
  ///
  /// Only a softmax gives a distribution over the classes; other heads are refused. Logits that are
  /// log-probabilities already stay what they are, but for rounding.
  package func logProbabilities(_ x: Tensor) throws(StageFailure) -> Tensor {
    guard head == .softmax else {
      throw StageFailure(
        .data,
        "a model with a head ‘\(head.rawValue)’ gives no distribution over its classes; expected"
          + " one with a head ‘\(Head.softmax.rawValue)’")
    }
    return logSoftmax(logits(x))
  }
}
