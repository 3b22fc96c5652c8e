import Attacks
import Contract
import Models

/// What a training makes smaller, as the spec names it, before it is known for which network.
package protocol ObjectivePiece: Piece {
  /// What captions say after the network's name, such as ` with rubbish`; empty for the clean loss.
  var manner: String { get }
  /// The attack whose errors a training can be watched by; nil where it meets none.
  var watchedAttack: (any Attack)? { get }
  /// What of it its paper leaves open, and how it is read here.
  var openQuestions: [Deviation] { get }
  /// The objective for a network; refuses one that it does not go with.
  func objective(for network: any NetworkPiece) throws(OptionError) -> any Objective
}

extension OptionError {
  /// An objective and a network that do not go together.
  static func objective(
    _ objective: String, doesNotFit network: String, needs wanted: String
  ) -> OptionError {
    OptionError(
      path: ["objective"], message: "the objective ‘\(objective)’ does not go with ‘\(network)’",
      hint: "it needs \(wanted)")
  }
}
