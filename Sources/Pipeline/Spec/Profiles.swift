/// The profiles of a spec and which of them is the default.
struct Profiles {
  let entries: [Mapping.Entry]
  private let fallback: Node

  /// The names, in the order of the file.
  var names: [String] { entries.map(\.key) }

  /// Reads `profiles` and `default-profile`.
  init(_ root: Node) throws(SpecError) {
    let node = try root.required("profiles", in: "the spec")
    fallback = try root.required("default-profile", in: "the spec")
    entries = try node.mapping("‘profiles’").entries
    for entry in entries {
      try ValidName(what: "the profile name").check(entry.key, at: entry.keyPlace)
    }
    _ = try choice(nil)
  }

  /// The profile of that name; nil takes the default.
  func choice(_ name: String?) throws(SpecError) -> Mapping.Entry {
    let wanted: String
    if let name { wanted = name } else { wanted = try fallback.text("the default profile") }
    if let entry = entries.first(where: { $0.key == wanted }) { return entry }
    let argument = SourceText(name: "--profile", text: wanted)
    let place =
      name == nil
      ? fallback.place : Place(source: argument, offset: 0, length: argument.bytes.count)
    throw SpecError(
      place, "unknown profile \(quoted(wanted))",
      hint: suggestion(for: wanted, among: names, otherwise: "there are the profiles"))
  }
}
