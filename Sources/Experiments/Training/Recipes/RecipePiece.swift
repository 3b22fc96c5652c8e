import Contract
import Models

/// How gradients become weights, step by step and epoch by epoch: the optimiser with its rates.
///
/// When a training ends is the stopping rule's to say.
package protocol RecipePiece: Piece {
  /// The recipe for a network, without an end; refuses a network that it does not go with.
  ///
  /// Nil for a network that a stage brings along itself.
  func endless(for network: (any NetworkPiece)?) throws(OptionError) -> TrainingRecipe
}
