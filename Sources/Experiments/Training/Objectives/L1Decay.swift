import Attacks
import Contract
import Models

/// The clean loss with L1 weight decay on the first layer.
///
/// Goodfellow, Shlens & Szegedy 2014, §5: with 0.0025 the paper's network stuck at over 5 % error on
/// its training images; smaller coefficients trained and helped nothing.
package struct L1Decay: ObjectivePiece {
  /// The word that names it in the spec.
  package static let kind = "l1-decay"
  /// What it is.
  package static let summary =
    "the clean loss and λ‖w‖₁ of the first layer (Goodfellow, Shlens & Szegedy 2014, §5)"

  private let coefficient: Double

  /// What captions say after the network's name.
  package var manner: String { " with L1 decay \(coefficient)" }
  /// It meets no attack.
  package var watchedAttack: (any Attack)? { nil }
  /// Which weights are meant, and for how long.
  package var openQuestions: [Deviation] {
    [
      Deviation(
        "L1 decay: the penalty is on all weights of the first layer, those of each piece of a maxout"
          + " unit among them, and training is ended by its own rule",
        because: "the paper gives the coefficient and the layer alone; whether the error is stuck"
          + " shows in its course")
    ]
  }

  /// Takes the `coefficient` λ.
  package init(options: inout OptionReader) throws(OptionError) {
    coefficient = try options.double("coefficient", in: 0...1)
  }

  /// For any network.
  package func objective(for network: any NetworkPiece) -> any Objective {
    L1Objective(base: CleanObjective(), coefficient: Float(coefficient))
  }
}
