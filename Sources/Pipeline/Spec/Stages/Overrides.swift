/// The resolved stages with some values replaced by the command line.
///
/// A path such as `maxout.options.epochs` names a value that is there already, be it the stage's own
/// or its recipe's; `options` may be left out, as in `maxout.epochs`. What is written replaces it
/// whole, be it a number or a mapping. The new value
/// keeps the place where it was written, so that an error in it points there.
struct Overrides {
  private let stages: Mapping
  private var changed: [Int: Mapping.Entry] = [:]

  /// No value is replaced yet.
  init(_ stages: Mapping) { self.stages = stages }

  /// The stages as they are now, in the order of the file.
  var entries: [Mapping.Entry] {
    guard !changed.isEmpty else { return stages.entries }
    return stages.entries.enumerated().map { changed[$0.offset] ?? $0.element }
  }

  /// Replaces one value, given as `--set PATH=VALUE`.
  mutating func apply(path: String, value: String) throws(SpecError) {
    let source = SourceText(name: "--set \(path)=…", text: "\(path)=\(value)")
    let keyPlace = Place(source: source, offset: 0, length: path.utf8.count)
    let node = try YAMLParser.parseValue(source, from: path.utf8.count + 1)
    try replace(path, with: node, writtenAt: keyPlace)
  }

  /// The words of a path; a stage's name may have points itself, as `maxout-l1-0.0025` has.
  private func steps(of path: String) -> [String] {
    let words = path.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    for length in 2...max(2, words.count) where length <= words.count {
      let name = words[..<length].joined(separator: ".")
      if stages.index(of: name) != nil { return [name] + words[length...] }
    }
    return words
  }

  /// The same steps with `options` between the stage and one of its options, where it was left out.
  private static func namingOptions(_ steps: [String], in stage: Node) -> [String] {
    guard steps.count > 1, stage[steps[1]] == nil, stage["options"]?[steps[1]] != nil else {
      return steps
    }
    return [steps[0], "options"] + steps.dropFirst()
  }

  private mutating func replace(
    _ path: String, with value: Node, writtenAt place: Place
  ) throws(SpecError) {
    let written = steps(of: path)
    guard let index = stages.index(of: written[0]) else {
      throw SpecError(
        place, "no stage is called \(quoted(written[0]))",
        hint: suggestion(for: written[0], among: stages.keys, otherwise: "there are the stages"))
    }
    var entry = changed[index] ?? stages.entries[index]
    let steps = Self.namingOptions(written, in: entry.value)
    if steps.count == 1 {
      entry.value = value
      entry.keyPlace = place
    } else {
      let descent = Descent(path: path, steps: steps, value: value, place: place)
      try descent.replace(1, in: &entry.value)
    }
    changed[index] = entry
  }
}

/// The way down a path to the value that is replaced.
private struct Descent {
  let path: String
  let steps: [String]
  let value: Node
  let place: Place

  /// Replaces what `steps[depth…]` name below `node`.
  func replace(_ depth: Int, in node: inout Node) throws(SpecError) {
    let step = steps[depth]
    switch node.value {
    case .mapping(var mapping):
      guard let index = mapping.index(of: step) else {
        throw missing(depth, candidates: mapping.keys)
      }
      var child = mapping.entries[index].value
      var keyPlace = mapping.entries[index].keyPlace
      if depth == steps.count - 1 {
        (child, keyPlace) = (value, place)
      } else {
        try replace(depth + 1, in: &child)
      }
      mapping.replaceValue(at: index, with: child, writtenAt: keyPlace)
      node.value = .mapping(mapping)
    case .sequence(var items):
      guard let index = Int(step), items.indices.contains(index) else {
        throw missing(depth, candidates: [])
      }
      if depth == steps.count - 1 {
        items[index] = value
      } else {
        try replace(depth + 1, in: &items[index])
      }
      node.value = .sequence(items)
    default:
      throw missing(depth, candidates: [])
    }
  }

  private func missing(_ depth: Int, candidates: [String]) -> SpecError {
    let parent = steps[..<depth].joined(separator: ".")
    let hint =
      if candidates.isEmpty {
        "only values that are written under ‘stages’ can be replaced"
      } else {
        suggestion(for: steps[depth], among: candidates, otherwise: "there are")
      }
    return SpecError(place, "\(quoted(parent)) has no \(quoted(steps[depth]))", hint: visible(hint))
  }
}
