/// The profiles of a spec and which of them is the default.
struct Profiles {
  /// The profile of the published scale, whose values are those of the papers unless an option
  /// states another under `published`.
  static let ofThePapers = "paper"

  /// The names, in the order of the file.
  let names: [String]
  private let fallback: Node

  /// Reads `profiles` and `default-profile`.
  init(_ root: Node) throws(SpecError) {
    let node = try root.required("profiles", in: "the spec")
    fallback = try root.required("default-profile", in: "the spec")
    var names: [String] = []
    for item in try node.items("‘profiles’") {
      let name = try item.text("an entry of ‘profiles’")
      try ValidName(what: "the profile name").check(name, at: item.place)
      guard !names.contains(name), name != "default", name != "published" else {
        throw SpecError(
          item.place,
          names.contains(name)
            ? "the profile ‘\(name)’ is there twice" : "no profile can be called ‘\(name)’",
          hint: names.contains(name)
            ? "remove one of them" : "‘\(name)’ has a meaning of its own in a choice by profile")
      }
      names.append(name)
    }
    self.names = names
    _ = try choice(nil)
  }

  /// The profile of that name; nil takes the default.
  func choice(_ name: String?) throws(SpecError) -> String {
    let wanted: String
    if let name { wanted = name } else { wanted = try fallback.text("the default profile") }
    if names.contains(wanted) { return wanted }
    let argument = SourceText(name: "--profile", text: wanted)
    let place =
      name == nil
      ? fallback.place : Place(source: argument, offset: 0, length: argument.bytes.count)
    throw SpecError(
      place, "unknown profile \(quoted(wanted))",
      hint: suggestion(for: wanted, among: names, otherwise: "there are the profiles"))
  }
}
