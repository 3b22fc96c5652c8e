import Contract

/// When a training ends, as the spec names it.
package protocol StoppingRule: Piece {
  /// Whether it must be told errors to decide by.
  static var needsWatch: Bool { get }
  /// When a training ends that is watched by errors.
  var ending: TrainingRecipe.Ending { get }
}
