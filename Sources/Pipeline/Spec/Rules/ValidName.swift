/// A name is made of lower-case letters, digits and dashes, for it becomes part of file names; a
/// paper's may have underscores too, as its claims do, and a stage's a point between two digits, for
/// variants such as `maxout-l1-0.0025`.
struct ValidName: Sendable {
  /// What is named, such as `the stage name`.
  let what: String
  /// Whether it may have underscores.
  var allowsUnderscores = false
  /// Whether a point may stand between two digits.
  var allowsPoints = false

  /// Refuses every other name.
  func check(_ name: String, at place: Place) throws(SpecError) {
    let bytes = allowsPoints ? Self.withoutPoints(Array(name.utf8)) : Array(name.utf8)
    let isWord = bytes.allSatisfy { byte in
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

  private static func withoutPoints(_ bytes: [UInt8]) -> [UInt8] {
    bytes.indices.filter { i in
      !(bytes[i] == UInt8(ascii: ".") && i > 0 && i + 1 < bytes.count && isDigit(bytes[i - 1])
        && isDigit(bytes[i + 1]))
    }.map { bytes[$0] }
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
