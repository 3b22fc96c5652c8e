import Contract

/// The sequels that the spec can name.
package enum SequelCatalogue {
  /// All of them, one line each.
  package static let sequels = Catalogue<any Sequel>(
    "sequel", [NoSequel.self, Continuation.self, Retraining.self])
}
