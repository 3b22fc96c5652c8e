import Contract

/// Ends a training that has gone on for so many epochs, once its length has doubled since the last lower
/// watched error, or at a last epoch.
///
/// The rule of the Theano tutorial's networks, of which the LeNet of Papernot and others 2016 is one.
package struct GrowingPatience: StoppingRule {
  /// The word that names it in the spec.
  package static let kind = "growing-patience"
  /// What it is.
  package static let summary =
    "once the length has doubled since the last lower watched error (the Theano tutorial)"
  /// It waits for a lower error.
  package static let needsWatch = true

  /// When it ends.
  package let ending: TrainingRecipe.Ending

  /// Takes `patience`, the epochs that are made in any case, and `maximum-epochs`.
  package init(options: inout OptionReader) throws(OptionError) {
    ending = TrainingRecipe.Ending(
      patience: try options.int("patience", in: 1...10_000), grows: true,
      epochs: try options.int("maximum-epochs", in: 1...10_000), isWholeThen: true)
  }
}
