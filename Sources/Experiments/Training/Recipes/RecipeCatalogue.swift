import Contract

/// The recipes that the spec can name.
package enum RecipeCatalogue {
  /// All of them, one line each.
  package static let recipes = Catalogue<any RecipePiece>(
    "recipe",
    [GradientDescent.self, LayerwiseDescent.self, AdadeltaDescent.self])
}
