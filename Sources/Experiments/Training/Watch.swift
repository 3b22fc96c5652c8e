import Attacks
import Contract
import Kernels
import Measures
import Models

/// What a training is watched by: wrong answers after each epoch, of which the lowest number decides
/// which weights are kept and when to stop.
package struct Watch: Sendable {
  /// What can be watched, as the spec names it.
  package enum Subject: String, CaseIterable, Sendable {
    /// Validation images as they are.
    case clean
    /// Validation images under the attack that the objective trains against.
    case adversarial
    /// Training images, without dropout.
    case training

    /// Its column of the training curve.
    package var column: String {
      switch self {
      case .clean: "validation_error"
      case .adversarial: "adversarial_validation_error"
      case .training: "training_error"
      }
    }
  }

  /// The column of the training curve, such as `validation_error`.
  package let name: String
  /// The same for readers.
  package let title: String
  /// How many images are judged.
  package let count: Int
  /// Counts the wrong answers.
  package let errors: @Sendable (Classifier) throws(StageFailure) -> Int

  /// Mistakes on validation images as they are.
  package static func clean(_ validation: Evaluator) -> Watch {
    Watch(
      name: Subject.clean.column, title: "validation error", count: validation.images.count,
      errors: { classifier throws(StageFailure) in validation.evaluate(classifier).errors })
  }

  /// Mistakes on training images, without dropout.
  package static func training(_ images: Evaluator) -> Watch {
    Watch(
      name: Subject.training.column, title: "training error", count: images.images.count,
      errors: { classifier throws(StageFailure) in images.evaluate(classifier).errors })
  }

  /// Mistakes on validation images under an attack made on the weights of that epoch.
  ///
  /// Goodfellow, Shlens & Szegedy 2014, §6: the clean error stops falling while the adversarial
  /// one still does.
  package static func adversarial(_ validation: Evaluator, by attack: any Attack, seed: Seed)
    -> Watch
  {
    Watch(
      name: Subject.adversarial.column, title: "adversarial validation error",
      count: validation.images.count,
      errors: { classifier throws(StageFailure) in
        try validation.attacked(classifier, by: attack, seed: seed).errors
      })
  }
}
