import Contract
import Models

/// What must hold of a model's probabilities before anything is concluded from them.
///
/// Scores or derivatives that overflowed have no direction: an attack would stand still, and the model
/// would look robust.
package enum FiniteAnswers {
  /// Refuses answers whose probabilities are not finite; `model` is how the error names theirs.
  package static func require(
    _ answers: some Sequence<Classifier.Answer>, of model: String
  ) throws(StageFailure) {
    guard answers.allSatisfy(\.confidence.isFinite) else {
      throw StageFailure(.computation, "the probabilities of \(model) are not finite numbers")
    }
  }
}
