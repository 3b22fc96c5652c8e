/// The claims of a spec: groups opened, patterns matched, one entry for each published id.
struct ClaimEntries {
  private static let groupKeys = KnownKeys(
    of: "a group of claims", ClaimSpec.keys.keys + ["claims"])

  private(set) var claims: [ClaimSpec] = []
  private let ids: [String]
  private var places: [String: Place] = [:]

  /// Reads `claims`; `ids` are the published ones.
  init(_ node: Node?, among ids: [String]) throws(SpecError) {
    self.ids = ids
    guard let node else { return }
    try open(try node.mapping("‘claims’"), prefix: "", shared: Mapping())
  }

  /// An entry with `claims` of its own is a group: its id and a dot stand before theirs, and what it
  /// says besides holds for them, unless they say otherwise.
  private mutating func open(
    _ mapping: Mapping, prefix: String, shared: Mapping
  ) throws(SpecError) {
    for entry in mapping.entries {
      // A null says: nothing but what the group says.
      guard case .mapping(let body) = entry.value.value else {
        if case .null = entry.value.value, !shared.entries.isEmpty {
          try add(entry, prefix: prefix, says: shared)
          continue
        }
        throw entry.value.mismatch(
          "the claim \(quoted(prefix + entry.key))",
          wanted: "{stage: …, table: …, where: {…}, column: …}, or {not-run: reason}")
      }
      try Self.groupKeys.check(body)
      let says = Self.lay(body, over: shared)
      if let inner = body["claims"] {
        _ = try ClaimPattern(entry.key, at: entry.keyPlace)
        try open(
          try inner.value.mapping("‘claims’"), prefix: "\(prefix)\(entry.key).", shared: says)
      } else {
        try add(entry, prefix: prefix, says: says)
      }
    }
  }

  /// Keys of the inner one win; conditions of `where` come together.
  private static func lay(_ inner: Mapping, over outer: Mapping) -> Mapping {
    var all = outer
    for entry in inner.entries where entry.key != "claims" {
      var entry = entry
      if entry.key == "where", case .mapping(var conditions)? = outer["where"]?.value.value,
        case .mapping(let own) = entry.value.value
      {
        for condition in own.entries { conditions.put(condition) }
        entry.value.value = .mapping(conditions)
      }
      all.put(entry)
    }
    return all
  }

  private mutating func add(
    _ entry: Mapping.Entry, prefix: String, says: Mapping
  ) throws(SpecError) {
    _ = try ClaimPattern(entry.key, at: entry.keyPlace)
    let pattern = try ClaimPattern(prefix + entry.key, at: entry.keyPlace)
    guard let matches = pattern.matches(among: ids) else {
      throw SpecError(
        entry.keyPlace, "no published claim fits \(quoted(prefix + entry.key))",
        hint: "published/*.csv lists them; {name} is one word between dots")
    }
    var used: Set<String> = []
    for match in matches {
      if let first = places.updateValue(entry.keyPlace, forKey: match.id) {
        throw SpecError(
          entry.keyPlace, "the claim \(quoted(match.id)) is there twice",
          hint: "it was first given in line \(first.mark.line)")
      }
      var template = ClaimTemplate(words: match.words, names: pattern.names, used: used)
      let all = template.adding(to: says, at: entry.keyPlace)
      let filled = try template.fill(Node(value: .mapping(all), place: entry.value.place))
      used = template.used
      claims.append(
        try ClaimSpec(Mapping.Entry(key: match.id, keyPlace: entry.keyPlace, value: filled)))
    }
    guard says["not-run"] == nil, let idle = pattern.names.first(where: { !used.contains($0) })
    else { return }
    throw SpecError(
      entry.keyPlace, "‘{\(idle)}’ is used nowhere, so several claims would have one cell",
      hint: "write ‘{\(idle)}’ into stage, table, where or column; or alternatives without a name")
  }
}

/// What a pattern's words are put into.
struct ClaimTemplate {
  /// What each place stands for.
  let words: [String: String]
  /// The names there are.
  let names: [String]
  /// The names that were found in a text.
  var used: Set<String>

  /// What a claim says and, where a place is called `stage`, `table` or `column` and the claim does
  /// not say it otherwise, what that place stands for.
  mutating func adding(to says: Mapping, at place: Place) -> Mapping {
    var all = says
    for key in ["stage", "table", "column"] where says["not-run"] == nil && says[key] == nil {
      guard let word = words[key] else { continue }
      all.append(
        Mapping.Entry(key: key, keyPlace: place, value: Node(value: .string(word), place: place)))
      used.insert(key)
    }
    return all
  }

  /// The value with every `{name}` replaced.
  ///
  /// In `where` a place that is the whole value is a number if it looks like one, as it would be if
  /// it were written there.
  mutating func fill(_ node: Node, inWhere: Bool = false) throws(SpecError) -> Node {
    var node = node
    switch node.value {
    case .string(let text) where text.contains("{"):
      let filled = try fill(text, at: node.place)
      node.value = .string(filled)
      if inWhere, text.hasPrefix("{"), text.firstIndex(of: "}") == text.indices.last,
        let value = try? CoreSchema.value(of: Array(filled.utf8)[...])
      {
        node.value = value
      }
    case .sequence(var items):
      for index in items.indices { items[index] = try fill(items[index]) }
      node.value = .sequence(items)
    case .mapping(var mapping):
      for (index, entry) in mapping.entries.enumerated() {
        let value = try fill(entry.value, inWhere: inWhere || entry.key == "where")
        mapping.replaceValue(at: index, with: value, writtenAt: entry.keyPlace)
      }
      node.value = .mapping(mapping)
    default: break
    }
    return node
  }

  private mutating func fill(_ text: String, at place: Place) throws(SpecError) -> String {
    var filled = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      let name = String(rest[rest.index(after: open)..<close])
      guard let word = words[name] else {
        throw SpecError(
          place.part(text, from: open, to: text.index(after: close)),
          "the claim’s id has no place ‘{\(visible(name))}’",
          hint: names.isEmpty
            ? "write {name} into the id as well"
            : suggestion(for: name, among: names, otherwise: "it has the places"))
      }
      used.insert(name)
      filled += rest[..<open] + word
      rest = rest[text.index(after: close)...]
    }
    return filled + rest
  }
}
