import Contract

/// The objectives that the spec can name.
package enum ObjectiveCatalogue {
  /// All of them, one line each.
  package static let objectives = Catalogue<any ObjectivePiece>(
    "objective",
    [
      CleanObjective.self,
      AdversarialObjective.self,
      NoiseObjective.self,
      L1Decay.self,
      RubbishObjective.self,
      WorstCaseObjective.self,
      MarginObjective.self,
    ])
}
