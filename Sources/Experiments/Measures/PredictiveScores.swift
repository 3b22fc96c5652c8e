import Contract
import Kernels

/// How good a model's distributions over the classes are: error, log-likelihood and entropy.
///
/// Collected batch by batch from log-probabilities; every sum is taken over the images in their order,
/// in double precision, so that it does not depend on the batches.
package struct PredictiveScores: Hashable, Sendable {
  /// The probability of the class that was named, 0…1, an image each.
  private(set) var confidences: [Float] = []
  /// Whether the class that was named is the true one.
  package private(set) var isRight: [Bool] = []
  /// The log-probability of the true class, in nats.
  private(set) var logLikelihoods: [Float] = []
  /// The entropy of the distribution, in nats: 0 for certainty, log k for k equal probabilities.
  package private(set) var entropies: [Double] = []

  /// No image yet.
  package init() {}

  /// The scores of one batch.
  package init(_ logProbabilities: Tensor, labels: [Int]) throws(StageFailure) {
    try append(logProbabilities, labels: labels)
  }

  /// Adds images: `logProbabilities: [n, classes]`, whose rows are normalised, and a label each.
  package mutating func append(_ logProbabilities: Tensor, labels: [Int]) throws(StageFailure) {
    precondition(
      logProbabilities.shape.count == 2 && logProbabilities.shape[0] == labels.count,
      "\(labels.count) labels for log-probabilities of shape \(logProbabilities.shape)")
    let classes = logProbabilities.shape[1]
    let (logs, shares) = (logProbabilities.values, logProbabilities.exponentials().values)
    for (row, (label, named)) in zip(labels, logProbabilities.rowArgmax()).enumerated() {
      let places = row * classes..<(row + 1) * classes
      guard logs[places].allSatisfy({ !$0.isNaN && $0 < .infinity }) else {
        throw StageFailure(.computation, "a model's log-probabilities are not numbers")
      }
      confidences.append(shares[places.lowerBound + named])
      isRight.append(label == named)
      logLikelihoods.append(logs[places.lowerBound + label])
      // What has no probability adds nothing, however small its logarithm.
      entropies.append(
        places.reduce(0.0) { sum, i in
          shares[i] > 0 ? sum - Double(shares[i]) * Double(logs[i]) : sum
        })
    }
  }

  /// How many images there are.
  package var count: Int { isRight.count }
  /// How many of them were named rightly.
  package var hits: Int { isRight.count { $0 } }
  /// How many were not.
  package var errors: Int { count - hits }

  /// The mean log-probability of the true class, in nats; nil without images.
  package var logLikelihood: Double? { Average.of(logLikelihoods.map(Double.init)) }

  /// The standard error of that mean, from the spread over the images; nil for fewer than two.
  package var logLikelihoodError: Double? {
    guard count > 1, let mean = logLikelihood else { return nil }
    let squares = logLikelihoods.reduce(0.0) { sum, value in
      sum + (Double(value) - mean) * (Double(value) - mean)
    }
    return (squares / Double(count - 1) / Double(count)).squareRoot()
  }

  /// The mean entropy, in nats; nil without images.
  package var entropy: Double? { Average.of(entropies) }
}
