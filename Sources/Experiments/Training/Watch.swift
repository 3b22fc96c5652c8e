import Kernels

/// What a training is watched by: wrong answers after each epoch, of which the lowest number decides
/// which weights are kept and when to stop.
struct Watch: Sendable {
  /// The column of the training curve, such as `validation_error`.
  let name: String
  /// The same for readers.
  let title: String
  /// How many images are judged.
  let count: Int
  /// Counts the wrong answers.
  let errors: @Sendable (Classifier) throws(StageFailure) -> Int

  /// Mistakes on validation images as they are.
  static func clean(_ validation: Evaluator) -> Watch {
    Watch(
      name: "validation_error", title: "validation error", count: validation.images.count,
      errors: { classifier throws(StageFailure) in validation.evaluate(classifier).errors })
  }

  /// Mistakes on training images, without dropout.
  static func training(_ images: Evaluator) -> Watch {
    Watch(
      name: "training_error", title: "training error", count: images.images.count,
      errors: { classifier throws(StageFailure) in images.evaluate(classifier).errors })
  }

  /// Mistakes on validation images under an attack made on the weights of that epoch.
  ///
  /// Goodfellow, Shlens & Szegedy 2014, §6: the clean error stops falling while the adversarial
  /// one still does.
  static func adversarial(_ validation: Evaluator, by attack: some Attack, seed: Seed) -> Watch {
    Watch(
      name: "adversarial_validation_error", title: "adversarial validation error",
      count: validation.images.count,
      errors: { classifier throws(StageFailure) in
        try validation.attacked(classifier, by: attack, seed: seed).errors
      })
  }
}
