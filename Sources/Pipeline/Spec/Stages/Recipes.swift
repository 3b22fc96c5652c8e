/// Groups of options by name, for stages and other recipes to be `like`.
struct Recipes {
  private let recipes: Mapping

  /// Reads `recipes`, and follows what each is like, whether a stage uses it or not.
  init(_ node: Node?) throws(SpecError) {
    recipes = try node?.mapping("‘recipes’") ?? Mapping()
    for entry in recipes.entries {
      try ValidName(what: "the name of a recipe").check(entry.key, at: entry.keyPlace)
      var names: [String] = []
      _ = try options(of: entry, nil, path: &names)
    }
  }

  /// The options of what `like` names, a recipe or a list of them, the weakest first: a later
  /// recipe's value stands for an earlier one's.
  func options(like node: Node, _ choices: Choices) throws(SpecError) -> [Mapping.Entry] {
    var path: [String] = []
    return try options(like: node, choices, path: &path)
  }

  private func options(
    like node: Node?, _ choices: Choices?, path: inout [String]
  ) throws(SpecError) -> [Mapping.Entry] {
    guard let node else { return [] }
    let names: [Node]
    switch node.value {
    case .string: names = [node]
    case .sequence(let items): names = items
    default: throw node.mismatch("‘like’", wanted: "a recipe, or a list [recipe, recipe]")
    }
    var options: [Mapping.Entry] = []
    for item in names {
      let name = try item.text("an entry of ‘like’")
      guard let recipe = recipes[name] else {
        throw SpecError(
          item.place, "no recipe is called \(quoted(name))",
          hint: suggestion(
            for: name, among: recipes.keys,
            otherwise: recipes.entries.isEmpty
              ? "the spec has no ‘recipes’" : "there are the recipes"))
      }
      if let start = path.firstIndex(of: name) {
        throw SpecError(
          item.place,
          "the recipes need each other: \((path[start...] + [name]).joined(separator: " → "))",
          hint: "a recipe cannot be like itself; remove one of these")
      }
      options += try self.options(of: recipe, choices, path: &path)
    }
    return options
  }

  private func options(
    of recipe: Mapping.Entry, _ choices: Choices?, path: inout [String]
  ) throws(SpecError) -> [Mapping.Entry] {
    path.append(recipe.key)
    defer { path.removeLast() }
    let body = try choices?.resolve(recipe.value, of: recipe.key) ?? recipe.value
    let written = try body.mapping("the recipe ‘\(recipe.key)’")
    return try options(like: written["like"]?.value, choices, path: &path)
      + written.entries.filter { $0.key != "like" }
  }
}
