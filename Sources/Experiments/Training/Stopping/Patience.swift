import Contract

/// Ends a training after so many epochs without a lower watched error.
///
/// Goodfellow and others 2013. The bound on the epochs is no part of the rule: a training that meets
/// it was cut short.
package struct Patience: StoppingRule {
  /// The word that names it in the spec.
  package static let kind = "patience"
  /// What it is.
  package static let summary =
    "after so many epochs without a lower watched error (Goodfellow and others 2013)"
  /// It waits for a lower error.
  package static let needsWatch = true

  /// When it ends.
  package let ending: TrainingRecipe.Ending

  /// Takes `patience` and `maximum-epochs`.
  package init(options: inout OptionReader) throws(OptionError) {
    ending = TrainingRecipe.Ending(
      patience: try options.int("patience", in: 1...10_000), grows: false,
      epochs: try options.int("maximum-epochs", in: 1...10_000), isWholeThen: false)
  }
}
