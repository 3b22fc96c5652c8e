/// A name is made of lower-case letters, digits and dashes, for it becomes part of file names; a
/// paper's may have underscores too, as its claims do.
struct ValidName: Sendable {
  /// What is named, such as `the stage name`.
  let what: String
  /// Whether it may have underscores.
  var allowsUnderscores = false

  /// Refuses every other name.
  func check(_ name: String, at place: Place) throws(SpecError) {
    let isWord = name.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
        UInt8(ascii: "-"):
        true
      case UInt8(ascii: "_"): allowsUnderscores
      default: false
      }
    }
    // A leading dash would read as an option on the command line.
    guard isWord, (1...64).contains(name.utf8.count), !name.hasPrefix("-") else {
      throw SpecError(
        place, "\(what) \(quoted(name)) is not a name",
        hint:
          "use up to 64 of a–z, 0–9\(allowsUnderscores ? ", ‘_’" : "") and ‘-’, not beginning with"
          + " ‘-’")
    }
  }
}
