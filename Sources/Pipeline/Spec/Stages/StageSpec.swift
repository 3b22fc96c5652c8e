import Contract

/// One stage of the spec: what to compute, from what, how often, and in which profiles.
///
/// A class, so that whoever looks at thousands of stages hands on a reference and not twenty.
final class StageSpec: Sendable {
  /// Another stage's name, where it was written.
  struct Reference: Sendable {
    let stage: String
    let place: Place
  }

  /// A profile's name, where it was written.
  struct ProfileName: Sendable {
    let name: String
    let place: Place
  }

  /// The stages that fill one slot, in the order of the spec.
  struct Input: Sendable {
    let slot: String
    let slotPlace: Place
    let references: [Reference]

    /// The names of the stages.
    var stages: [String] { references.map(\.stage) }
  }

  /// The keys a stage may have.
  static let keys = KnownKeys(of: "a stage", ["kind", "only", "replicates", "inputs", "options"])

  let name: String
  /// Where the name is written.
  let place: Place
  let kind: String
  let kindPlace: Place
  /// The profiles it is part of; nil for all.
  let only: [ProfileName]?
  /// How many times it runs, each with its own seed; 1 to 100.
  let replicates: Int
  let replicatesPlace: Place?
  let inputs: [Input]
  /// Where `inputs` is written, or the name where it is not.
  let inputsPlace: Place
  /// The options by name, for the stage to decode.
  let options: [String: Setting]
  /// The options with their places.
  let optionsNode: Node
  /// Where `options` is written, or the kind where it is not.
  let optionsPlace: Place

  /// The line and column of the name.
  var mark: Mark { place.mark }
  /// The line and column of the kind.
  var kindMark: Mark { kindPlace.mark }

  /// Whether the stage is part of a profile.
  func isPart(of profile: String) -> Bool { only?.contains { $0.name == profile } ?? true }

  /// `only in profile paper`, for whoever looks for the stage in another one.
  var onlyText: String {
    let names = only?.map(\.name) ?? []
    guard let last = names.last else { return "in every profile" }
    guard names.count > 1 else { return "only in profile \(last)" }
    return "only in profiles \(names.dropLast().joined(separator: ", ")) and \(last)"
  }

  /// Decodes an entry of `stages`.
  init(_ entry: Mapping.Entry) throws(SpecError) {
    try ValidName(what: "the stage name", allowsPoints: true).check(entry.key, at: entry.keyPlace)
    let what = "the stage ‘\(entry.key)’"
    let node = entry.value
    guard case .mapping(let mapping) = node.value else {
      throw node.mismatch(what, wanted: "a mapping with a ‘kind’")
    }
    try Self.keys.check(mapping)
    guard let kind = mapping["kind"] else {
      throw SpecError(entry.keyPlace, "\(what) lacks ‘kind’", hint: "add ‘kind: …’")
    }
    self.name = entry.key
    self.place = entry.keyPlace
    self.kind = try kind.value.text("the kind")
    self.kindPlace = kind.value.place
    self.only = try Self.profiles(mapping["only"]?.value)
    let replicates = mapping["replicates"]?.value
    self.replicates = try replicates?.integer("the number of replicates", in: 1...100) ?? 1
    self.replicatesPlace = replicates?.place
    self.inputs = try Self.inputs(mapping["inputs"]?.value)
    self.inputsPlace = mapping["inputs"]?.keyPlace ?? entry.keyPlace
    let options = mapping["options"]
    let optionsNode = options?.value ?? Node(value: .null, place: kind.value.place)
    self.optionsNode = optionsNode
    self.options = Setting.settings(try optionsNode.mapping("‘options’"))
    self.optionsPlace = options?.keyPlace ?? kind.value.place
  }

  private static func profiles(_ node: Node?) throws(SpecError) -> [ProfileName]? {
    guard let node else { return nil }
    var profiles: [ProfileName] = []
    for item in try node.items("‘only’") {
      profiles.append(ProfileName(name: try item.text("an entry of ‘only’"), place: item.place))
    }
    guard !profiles.isEmpty else {
      throw SpecError(
        node.place, "‘only’ is empty, so the stage is part of no profile",
        hint: "name a profile, or remove ‘only’")
    }
    return profiles
  }

  private static func inputs(_ node: Node?) throws(SpecError) -> [Input] {
    guard let node else { return [] }
    var inputs: [Input] = []
    for entry in try node.mapping("‘inputs’").entries {
      var references: [Reference] = []
      let what = "the input ‘\(visible(entry.key))’"
      let names: [Node]
      switch entry.value.value {
      case .string: names = [entry.value]
      case .sequence(let items): names = items
      default: throw entry.value.mismatch(what, wanted: "a stage, or a list [stage, stage]")
      }
      for name in names {
        references.append(Reference(stage: try name.text(what), place: name.place))
      }
      inputs.append(Input(slot: entry.key, slotPlace: entry.keyPlace, references: references))
    }
    return inputs
  }

  /// A mistake in the options, with the place where the option stands.
  ///
  /// What is missing is told at
  /// `options`, or at the kind where a stage has none.
  func specError(for error: OptionError) -> SpecError {
    var (node, place) = (optionsNode, optionsPlace)
    for step in error.path {
      switch node.value {
      case .mapping(let mapping):
        guard let entry = mapping[step] else { return told(error, at: place) }
        // Nobody asked for the value of an unknown option: the name is the mistake.
        let isUnknown = error.message.hasPrefix("unknown")
        place = isUnknown ? entry.keyPlace : entry.value.place
        node = entry.value
      case .sequence(let items):
        guard let index = Int(step), items.indices.contains(index) else {
          return told(error, at: place)
        }
        (node, place) = (items[index], items[index].place)
      default: return told(error, at: place)
      }
    }
    return told(error, at: place)
  }

  private func told(_ error: OptionError, at place: Place) -> SpecError {
    SpecError(place, visible(error.message), hint: visible(error.hint))
  }
}
