import Contract

/// The goals of an attacker that the spec can name.
package enum CriterionCatalogue {
  /// All of them, the easiest first.
  package static let criteria = Catalogue<any Criterion>(
    "criterion",
    [ConfidenceReduction.self, Misclassification.self, Targeted.self, SourceTarget.self])
}
