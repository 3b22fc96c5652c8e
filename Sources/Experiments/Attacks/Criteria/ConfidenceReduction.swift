import Contract
import Models

/// The classifier errs, or believes what it says less than a bound.
package struct ConfidenceReduction: Criterion {
  /// The word for it in the spec.
  package static let kind = "confidence-reduction"
  /// What it is.
  package static let summary =
    "an error, or a confidence below a bound (Papernot and others 2016, §II)"

  /// The confidence, 0…1.
  let bound: Float
  /// No class in particular.
  package var target: Int? { nil }

  /// Below a confidence, 0…1.
  package init(below bound: Float) { self.bound = bound }

  /// Takes the bound `below`.
  package init(options: inout OptionReader) throws(OptionError) {
    self.init(below: Float(try options.double("below", in: 0...1)))
  }

  /// For any image.
  package func isPossible(for label: Int) -> Bool { true }

  /// An error, or a low confidence.
  package func isMet(by answer: Classifier.Answer, for label: Int) -> Bool {
    answer.label != label || answer.confidence < bound
  }
}

extension Criterion where Self == ConfidenceReduction {
  /// An error, or a confidence below a bound, 0…1.
  package static func confidenceReduction(below bound: Float) -> Self { Self(below: bound) }
}
