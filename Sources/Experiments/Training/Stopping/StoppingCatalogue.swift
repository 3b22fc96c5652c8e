import Contract

/// The stopping rules that the spec can name.
package enum StoppingCatalogue {
  /// All of them, one line each.
  package static let rules = Catalogue<any StoppingRule>(
    "stopping rule", [Patience.self, GrowingPatience.self, FixedEpochs.self])
}
