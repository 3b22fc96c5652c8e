import Kernels
import Models

/// What a classifier answers on a set of images, perturbed or not.
package struct Evaluation: Sendable, Hashable {
  /// The true labels.
  package let labels: [Int]
  /// The classifier's answers.
  package let answers: [Classifier.Answer]

  /// Pairs labels with answers.
  package init(labels: [Int], answers: [Classifier.Answer]) {
    precondition(
      labels.count == answers.count, "\(labels.count) labels, but \(answers.count) answers")
    self.labels = labels
    self.answers = answers
  }

  /// How many answers are wrong.
  ///
  /// Mistakes on clean images count as well: the error rate of the paper is over all test images.
  package var errors: Int { zip(labels, answers).count { $0 != $1.label } }

  /// How many images there are.
  package var count: Int { labels.count }

  /// The mean probability of the named class over the wrong answers, in percent; nil without any.
  ///
  /// The paper never defines its "confidence"; this is the reading used throughout.
  package var confidenceOnMistakes: Double? {
    mean(zip(labels, answers).filter { $0 != $1.label }.map(\.1.confidence))
  }

  /// The mean probability of the named class over all answers, in percent.
  package var confidence: Double? { mean(answers.map(\.confidence)) }

  private func mean(_ values: [Float]) -> Double? {
    values.isEmpty ? nil : values.reduce(0.0) { $0 + Double($1) } / Double(values.count) * 100
  }
}
