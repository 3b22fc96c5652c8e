import Attacks
import Contract
import Kernels
import Measures
import Models

/// What a training is watched by: wrong answers after each epoch, of which the lowest number decides
/// which weights are kept and when to stop.
package struct Watch: Sendable {
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
      name: "validation_error", title: "validation error", count: validation.images.count,
      errors: { classifier throws(StageFailure) in validation.evaluate(classifier).errors })
  }

  /// Mistakes on training images, without dropout.
  package static func training(_ images: Evaluator) -> Watch {
    Watch(
      name: "training_error", title: "training error", count: images.images.count,
      errors: { classifier throws(StageFailure) in images.evaluate(classifier).errors })
  }

  /// Mistakes on validation images under an attack made on the weights of that epoch.
  ///
  /// Goodfellow, Shlens & Szegedy 2014, §6: the clean error stops falling while the adversarial
  /// one still does.
  package static func adversarial(_ validation: Evaluator, by attack: some Attack, seed: Seed)
    -> Watch
  {
    Watch(
      name: "adversarial_validation_error", title: "adversarial validation error",
      count: validation.images.count,
      errors: { classifier throws(StageFailure) in
        try validation.attacked(classifier, by: attack, seed: seed).errors
      })
  }
}
