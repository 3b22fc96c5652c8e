import Contract

/// An attack as the spec names it.
///
/// Some attacks must know the size of the images before they are whole: a budget in percent is so many
/// pixels of these.
package protocol AttackPiece: Piece {
  /// What captions call it, such as `FGSM with ε = 0.25, not clipped`.
  var words: String { get }
  /// The attack on images of so many features.
  func attack(onImagesOf features: Int) -> any Attack
}

extension AttackPiece where Self: Attack {
  /// The attack itself, whatever the images.
  package func attack(onImagesOf features: Int) -> any Attack { self }
}
