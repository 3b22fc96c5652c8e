import Contract

/// Ends a training after so many epochs, whatever its errors.
package struct FixedEpochs: StoppingRule {
  /// The word that names it in the spec.
  package static let kind = "epochs"
  /// What it is.
  package static let summary = "after so many epochs"
  /// It asks for nothing.
  package static let needsWatch = false

  /// When it ends.
  package let ending: TrainingRecipe.Ending

  /// Takes `epochs`.
  package init(options: inout OptionReader) throws(OptionError) {
    let epochs = try options.int("epochs", in: 1...10_000)
    ending = TrainingRecipe.Ending(
      patience: epochs, grows: false, epochs: epochs, isWholeThen: true)
  }
}
