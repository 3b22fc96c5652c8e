/// The stages of a file in order, groups opened and variants made.
struct WrittenStages {
  /// The keys of a group: stages that are kept to the same profiles.
  private static let groupKeys = KnownKeys(of: "a group of stages", ["only", "stages"])
  /// What a variant may say beside its options.
  private static let variantKeys = ["kind", "only", "replicates", "inputs", "like"]

  private(set) var stages: [WrittenStage] = []
  private var places: [String: Place] = [:]

  /// Reads `stages`.
  init(_ node: Node) throws(SpecError) {
    try open(try node.mapping("‘stages’"), only: nil)
  }

  /// An entry with `stages` of its own is a group, whose name is for the reader alone.
  private mutating func open(_ mapping: Mapping, only: Mapping.Entry?) throws(SpecError) {
    for entry in mapping.entries {
      guard case .mapping(let body) = entry.value.value else {
        try Self.checkName(entry)
        throw entry.value.mismatch("the stage ‘\(entry.key)’", wanted: "a mapping with a ‘kind’")
      }
      if let inner = body["stages"] {
        try Self.groupKeys.check(body)
        try open(try inner.value.mapping("‘stages’"), only: body["only"] ?? only)
        continue
      }
      try Self.checkName(entry)
      try WrittenStage.keys.check(body)
      if let each = body["each"] {
        try vary(entry, body, each, only: only)
      } else {
        try add(
          WrittenStage(name: entry.key, place: entry.keyPlace, groupOnly: only, layers: [body]))
      }
    }
  }

  private mutating func add(_ stage: WrittenStage) throws(SpecError) {
    if let first = places.updateValue(stage.place, forKey: stage.name) {
      throw SpecError(
        stage.place, "two stages are called \(quoted(stage.name))",
        hint: "it was first given in line \(first.mark.line)")
    }
    stages.append(stage)
  }

  /// Makes the variants of a stage: by name with what is theirs, or one for each value.
  private mutating func vary(
    _ entry: Mapping.Entry, _ body: Mapping, _ each: Mapping.Entry, only: Mapping.Entry?
  ) throws(SpecError) {
    let variants = try each.value.mapping("‘each’")
    guard let first = variants.entries.first else {
      throw SpecError(
        each.value.place, "‘each’ is empty, so there is no variant",
        hint: "write {option: [value, value]} or {name: {option: value}}, or remove ‘each’")
    }
    if case .sequence = first.value.value {
      for variant in try Self.grid(variants, of: entry) {
        try add(
          WrittenStage(
            name: variant.name, place: variant.place, groupOnly: only,
            layers: [body, Self.body(options: variant.options, at: variant.place)]))
      }
      return
    }
    for variant in variants.entries {
      try Self.checkName(variant)
      let own = try variant.value.mapping("the variant ‘\(variant.key)’")
      var (layer, options) = (Mapping(), Mapping())
      for item in own.entries {
        if Self.variantKeys.contains(item.key) { layer.append(item) } else { options.append(item) }
      }
      if !options.entries.isEmpty {
        layer.append(Self.options(options, at: variant.keyPlace))
      }
      try add(
        WrittenStage(
          name: variant.key, place: variant.keyPlace, groupOnly: only, layers: [body, layer]))
    }
  }

  /// Every combination of the values, named after them: `maxout-l1-0.0025`.
  private static func grid(
    _ axes: Mapping, of entry: Mapping.Entry
  ) throws(SpecError) -> [(name: String, place: Place, options: Mapping)] {
    var grid = [(name: entry.key, place: entry.keyPlace, options: Mapping())]
    for axis in axes.entries {
      let values = try axis.value.items("‘\(visible(axis.key))’")
      guard !values.isEmpty else {
        throw SpecError(
          axis.value.place, "\(quoted(axis.key)) has no value, so there is no variant",
          hint: "give a value, or remove the option from ‘each’")
      }
      var next: [(name: String, place: Place, options: Mapping)] = []
      for variant in grid {
        for value in values {
          var options = variant.options
          options.append(Mapping.Entry(key: axis.key, keyPlace: axis.keyPlace, value: value))
          next.append(("\(variant.name)-\(try word(value))", value.place, options))
        }
      }
      grid = next
    }
    for variant in grid { try checkName(variant.name, at: variant.place) }
    return grid
  }

  /// A value as part of a name.
  private static func word(_ value: Node) throws(SpecError) -> String {
    switch value.value {
    case .string(let text): return text
    case .int(let number): return "\(number)"
    case .float(let number): return number.shortestText
    case .bool(let flag): return flag ? "true" : "false"
    default:
      throw SpecError(
        value.place, "\(value.kindName) cannot be part of a variant’s name",
        hint: "name the variants: each: {name: {option: value}}")
    }
  }

  private static func body(options: Mapping, at place: Place) -> Mapping {
    var body = Mapping()
    body.append(Self.options(options, at: place))
    return body
  }

  private static func options(_ options: Mapping, at place: Place) -> Mapping.Entry {
    Mapping.Entry(
      key: "options", keyPlace: place, value: Node(value: .mapping(options), place: place))
  }

  private static func checkName(_ entry: Mapping.Entry) throws(SpecError) {
    try checkName(entry.key, at: entry.keyPlace)
  }

  private static func checkName(_ name: String, at place: Place) throws(SpecError) {
    try ValidName(what: "the stage name", allowsPoints: true).check(name, at: place)
  }
}
