import Models

/// What an attacker wants of a classifier.
///
/// The four goals of Papernot and others 2016, §II, each harder than the one before.
package enum Criterion: Hashable, Sendable {
  /// The classifier errs, or believes what it says less than this, 0…1.
  case confidenceReduction(below: Float)
  /// It names any class but the true one.
  case misclassification
  /// It names this class, whatever the input shows.
  case targeted(Int)
  /// It names the second class for an input of the first.
  case sourceTarget(from: Int, to: Int)
}

/// What an attacker wants of one image.
package struct Aim: Hashable, Sendable {
  /// The true class.
  package let label: Int
  /// The goal.
  package let criterion: Criterion

  /// A goal for an image of a class.
  package init(label: Int, _ criterion: Criterion = .misclassification) {
    self.label = label
    self.criterion = criterion
  }

  /// The class to be named, where the goal names one.
  package var target: Int? {
    switch criterion {
    case .confidenceReduction, .misclassification: nil
    case .targeted(let target), .sourceTarget(_, let target): target
    }
  }

  /// Whether the goal has anything to do with the image: nobody turns a class into itself, nor
  /// another class than the source.
  package var isPossible: Bool {
    switch criterion {
    case .confidenceReduction, .misclassification: true
    case .targeted(let target): target != label
    case .sourceTarget(let source, let target): source == label && target != label
    }
  }

  /// Whether an answer is what the attacker wanted.
  package func isMet(by answer: Classifier.Answer) -> Bool {
    switch criterion {
    case .confidenceReduction(let bound): answer.label != label || answer.confidence < bound
    case .misclassification: answer.label != label
    case .targeted(let target): answer.label == target
    case .sourceTarget(let source, let target): source == label && answer.label == target
    }
  }
}
