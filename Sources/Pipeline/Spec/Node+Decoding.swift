import Contract

/// Reading typed values out of nodes; every mismatch points at the value and names what was wanted.
extension Node {
  /// The text itself.
  ///
  /// `what` names the value in an error message.
  func text(_ what: String) throws(SpecError) -> String {
    guard case .string(let text) = value else { throw mismatch(what, wanted: "text") }
    return text
  }

  /// Text with something in it, in one line.
  func words(_ what: String) throws(SpecError) -> String {
    let words = try text(what).split(whereSeparator: \.isWhitespace)
    guard !words.isEmpty else {
      throw SpecError(place, "\(what) is empty", hint: "give a sentence")
    }
    return words.joined(separator: " ")
  }

  /// A whole number within `range`.
  func integer(_ what: String, in range: ClosedRange<Int>) throws(SpecError) -> Int {
    let upper = range.upperBound == .max ? " up" : " to \(range.upperBound)"
    let wanted = "a whole number from \(range.lowerBound)\(upper)"
    guard case .int(let number) = value else { throw mismatch(what, wanted: wanted) }
    guard range.contains(number) else {
      throw SpecError(place, "\(what) cannot be \(number)", hint: "give \(wanted)")
    }
    return number
  }

  /// The items of a list.
  func items(_ what: String) throws(SpecError) -> [Node] {
    guard case .sequence(let items) = value else { throw mismatch(what, wanted: "a list") }
    return items
  }

  /// The entries of a mapping; none where nothing is written after the colon.
  func mapping(_ what: String) throws(SpecError) -> Mapping {
    switch value {
    case .mapping(let mapping): return mapping
    case .null: return Mapping()
    default: throw mismatch(what, wanted: "a mapping: ‘key: value’ lines, or {}")
    }
  }

  /// The value under a key that has to be there.
  func required(_ key: String, in what: String) throws(SpecError) -> Node {
    guard let node = self[key] else {
      throw SpecError(place, "\(what) lacks ‘\(key)’", hint: "add ‘\(key): …’")
    }
    return node
  }

  /// This is not what was wanted.
  func mismatch(_ what: String, wanted: String) -> SpecError {
    SpecError(place, "\(what) is \(kindName)", hint: "give \(wanted)")
  }
}

extension Setting {
  /// The value without its place.
  init(_ node: Node) {
    self =
      switch node.value {
      case .null: .null
      case .bool(let flag): .bool(flag)
      case .int(let number): .int(number)
      case .float(let number): .double(number)
      case .string(let text): .string(text)
      case .sequence(let items): .list(items.map { Setting($0) })
      case .mapping(let mapping): .map(Self.settings(mapping))
      }
  }

  /// The values of a mapping by name.
  static func settings(_ mapping: Mapping) -> [String: Setting] {
    var settings: [String: Setting] = [:]
    for entry in mapping.entries { settings[entry.key] = Setting(entry.value) }
    return settings
  }
}

/// `did you mean ‘…’?`, or a list of all there is, or `otherwise` where the list would be long.
func suggestion(for word: String, among candidates: [String], otherwise: String) -> String {
  let comparable = word.utf8.count <= 100 ? candidates.filter { $0.utf8.count <= 100 } : []
  if let close = nearest(to: word, in: comparable) { return "did you mean ‘\(close)’?" }
  guard !candidates.isEmpty, candidates.count <= 20, candidates.allSatisfy({ $0.count <= 40 })
  else {
    return otherwise
  }
  return "\(otherwise): \(candidates.joined(separator: ", "))"
}
