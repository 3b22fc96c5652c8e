import Contract
import Models

/// What an attacker wants of a classifier.
///
/// The four goals of Papernot and others 2016, §II, each harder than the one before, are
/// `ConfidenceReduction`, `Misclassification`, `Targeted` and `SourceTarget`. Classes are positions
/// among those that the model tells apart.
package protocol Criterion: Piece, Hashable {
  /// The class to be named, where the goal names one.
  var target: Int? { get }
  /// Whether the goal has anything to do with an image of a class: nobody turns a class into itself.
  func isPossible(for label: Int) -> Bool
  /// Whether an answer for an image of a class is what the attacker wanted.
  func isMet(by answer: Classifier.Answer, for label: Int) -> Bool
}

/// What an attacker wants of one image.
package struct Aim: Sendable {
  /// The true class.
  package let label: Int
  /// The goal.
  package let criterion: any Criterion

  /// A goal for an image of a class.
  package init(label: Int, _ criterion: some Criterion = .misclassification) {
    self.label = label
    self.criterion = criterion
  }

  /// The class to be named, where the goal names one.
  package var target: Int? { criterion.target }

  /// Whether the goal has anything to do with the image.
  package var isPossible: Bool { criterion.isPossible(for: label) }

  /// Whether an answer is what the attacker wanted.
  package func isMet(by answer: Classifier.Answer) -> Bool {
    criterion.isMet(by: answer, for: label)
  }
}
