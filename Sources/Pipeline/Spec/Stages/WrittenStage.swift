/// One stage as it is written: what it shares with others, then what is its own.
struct WrittenStage {
  /// The keys a stage may have, those of its resolved form among them.
  static let keys = KnownKeys(
    of: "a stage", ["kind", "only", "replicates", "inputs", "options", "like", "each"])

  let name: String
  let place: Place
  /// The profiles its group is kept to.
  let groupOnly: Mapping.Entry?
  /// What it says, the weakest first: the shared body, then that of the variant.
  let layers: [Mapping]

  /// The stage with recipes and choices by profile resolved, as one would write it out in full.
  ///
  /// A stage that is not part of the profile takes the values of the first that it is part of.
  func resolved(
    _ recipes: Recipes, profiles: [String], profile: String, published: Bool
  ) throws(SpecError) -> Mapping.Entry {
    let only = last("only") ?? groupOnly
    let needed = Self.profiles(of: only?.value, among: profiles)
    let choices = Choices(
      profiles: profiles, needed: needed,
      inForce: needed.contains(profile) ? profile : needed.first ?? profile, published: published)
    var body = Mapping()
    if let kind = last("kind") { body.append(try choices.resolve(kind)) }
    if let only { body.append(only) }
    if let replicates = last("replicates") { body.append(try choices.resolve(replicates)) }
    if let inputs = try merged("inputs", choices) { body.append(inputs) }
    if let options = try options(recipes, choices) { body.append(options) }
    return Mapping.Entry(
      key: name, keyPlace: place, value: Node(value: .mapping(body), place: place))
  }

  /// The entry of the strongest layer that has one.
  private func last(_ key: String) -> Mapping.Entry? {
    for layer in layers.reversed() { if let entry = layer[key] { return entry } }
    return nil
  }

  /// The mappings under a key laid over each other; nil if no layer has it.
  ///
  /// Something that is no mapping stands for itself, and whoever reads it refuses it.
  private func merged(
    _ key: String, _ choices: Choices, over weakest: Mapping.Entry? = nil
  ) throws(SpecError) -> Mapping.Entry? {
    var merged = weakest
    for layer in layers {
      guard let written = layer[key] else { continue }
      let entry = try choices.resolve(written)
      if case .mapping(let mapping) = entry.value.value, let below = merged,
        case .mapping(var all) = below.value.value
      {
        for own in mapping.entries { all.put(own) }
        merged = Mapping.Entry(
          key: key, keyPlace: entry.keyPlace,
          value: Node(value: .mapping(all), place: entry.value.place))
      } else {
        merged = entry
      }
    }
    return merged
  }

  private func options(
    _ recipes: Recipes, _ choices: Choices
  ) throws(SpecError) -> Mapping.Entry? {
    guard let like = last("like") else { return try merged("options", choices) }
    var shared = Mapping()
    let names = try choices.resolve(like).value
    for option in try recipes.options(like: names, choices) { shared.put(option) }
    let recipe = Mapping.Entry(
      key: "options", keyPlace: like.keyPlace,
      value: Node(value: .mapping(shared), place: like.value.place))
    return try merged("options", choices, over: recipe)
  }

  /// The profiles that `only` names; all of them where it is missing or no list.
  private static func profiles(of only: Node?, among profiles: [String]) -> [String] {
    guard case .sequence(let items)? = only?.value else { return profiles }
    return profiles.filter { profile in
      items.contains { if case .string(profile) = $0.value { true } else { false } }
    }
  }
}
