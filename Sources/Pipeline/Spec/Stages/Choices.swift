/// Which value stands where one is given for each profile: `epochs: {demo: 3, default: 10}`.
///
/// A mapping whose keys are profiles, `default` and `published`, and nothing else, is a choice. A
/// profile that is not named takes `default`; where that is missing too, nothing is guessed. What the
/// paper itself did stands under `published` where the profile `paper` departs from it.
struct Choices {
  /// All profiles of the spec.
  let profiles: [String]
  /// Those that need a value: the ones the stage is part of.
  let needed: [String]
  /// The one whose value is taken.
  let inForce: String
  /// Whether what stands under `published` wins.
  let published: Bool

  /// The value with every choice in it made.
  ///
  /// `name` is what the value is of, for an error message.
  func resolve(_ node: Node, of name: String) throws(SpecError) -> Node {
    switch node.value {
    case .mapping(let mapping):
      if let entry = try choice(in: mapping, at: node.place, of: name) {
        return try within(entry.key, of: mapping).resolve(entry.value, of: name)
      }
      return Node(value: .mapping(try resolve(mapping)), place: node.place)
    case .sequence(let items):
      var resolved: [Node] = []
      for item in items { resolved.append(try resolve(item, of: name)) }
      return Node(value: .sequence(resolved), place: node.place)
    default: return node
    }
  }

  /// The entry with every choice in it made; one that is a choice itself stands where its profile does.
  func resolve(_ entry: Mapping.Entry) throws(SpecError) -> Mapping.Entry {
    var (entry, choices) = (entry, self)
    if case .mapping(let mapping) = entry.value.value,
      let chosen = try choice(in: mapping, at: entry.value.place, of: entry.key)
    {
      entry.keyPlace = chosen.keyPlace
      entry.value = chosen.value
      choices = within(chosen.key, of: mapping)
    }
    entry.value = try choices.resolve(entry.value, of: entry.key)
    return entry
  }

  private func resolve(_ mapping: Mapping) throws(SpecError) -> Mapping {
    var resolved = mapping
    for (index, entry) in mapping.entries.enumerated() {
      switch entry.value.value {
      case .mapping, .sequence:
        let value = try resolve(entry.value, of: entry.key)
        resolved.replaceValue(at: index, with: value, writtenAt: entry.keyPlace)
      default: continue
      }
    }
    return resolved
  }

  /// The chosen entry; nil if the mapping is no choice.
  private func choice(
    in mapping: Mapping, at place: Place, of name: String
  ) throws(SpecError) -> Mapping.Entry? {
    guard !mapping.entries.isEmpty else { return nil }
    let strangers = mapping.entries.filter { !isWord($0.key) }
    guard strangers.isEmpty else {
      // One profile among other keys is a profile misspelt, or an option that cannot be told from one.
      if let named = mapping.entries.first(where: { profiles.contains($0.key) }) {
        throw SpecError(
          strangers[0].keyPlace,
          "\(quoted(strangers[0].key)) is no profile, and beside it stands the profile"
            + " ‘\(named.key)’",
          hint: suggestion(
            for: strangers[0].key, among: profiles + ["default", "published"],
            otherwise: "a choice by profile has the keys"))
      }
      return nil
    }
    if let missing = needed.first(where: { mapping[$0] == nil && mapping["default"] == nil }) {
      throw SpecError(
        place,
        "\(quoted(name)) has no value for the profile ‘\(missing)’",
        hint: "add ‘\(missing): …’, or ‘default: …’ for every profile that is not named")
    }
    let stated = published ? mapping["published"] : nil
    return stated ?? mapping[inForce] ?? mapping["default"]
  }

  /// The choices inside one branch of a choice: only profiles that come to it need a value there.
  private func within(_ key: String, of mapping: Mapping) -> Choices {
    let coming =
      switch key {
      case "default": needed.filter { mapping[$0] == nil }
      case "published": [inForce]
      default: [key]
      }
    return Choices(profiles: profiles, needed: coming, inForce: inForce, published: published)
  }

  private func isWord(_ key: String) -> Bool {
    key == "default" || key == "published" || profiles.contains(key)
  }
}
