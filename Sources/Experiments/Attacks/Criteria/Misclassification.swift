import Contract
import Models

/// The classifier names any class but the true one.
package struct Misclassification: Criterion {
  /// The word for it in the spec.
  package static let kind = "misclassification"
  /// What it is.
  package static let summary = "any class but the true one (Papernot and others 2016, §II)"

  /// No class in particular.
  package var target: Int? { nil }

  /// An error.
  package init() {}

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// For any image.
  package func isPossible(for label: Int) -> Bool { true }

  /// An error.
  package func isMet(by answer: Classifier.Answer, for label: Int) -> Bool { answer.label != label }
}

extension Criterion where Self == Misclassification {
  /// Any class but the true one.
  package static var misclassification: Self { Self() }
}
