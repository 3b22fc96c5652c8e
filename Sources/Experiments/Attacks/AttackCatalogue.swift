import Contract

/// The attacks that the spec can name.
package enum AttackCatalogue {
  /// All of them, one line each.
  package static let attacks = Catalogue<any AttackPiece>(
    "attack",
    [
      FGSM.self,
      BIM.self,
      PGD.self,
      MIM.self,
      GradientRotation.self,
      JSMASettings.self,
      CarliniWagnerSettings.self,
    ])
}
