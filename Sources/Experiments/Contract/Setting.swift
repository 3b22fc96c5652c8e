/// A value as a person wrote it in the spec, without its place: what a stage's options are read from.
package indirect enum Setting: Hashable, Sendable {
  /// Nothing.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A whole number.
  case int(Int)
  /// Any other number.
  case double(Double)
  /// Words.
  case string(String)
  /// Several values in order.
  case list([Setting])
  /// Values by name.
  case map([String: Setting])

  /// What kind of value this is, in the words of an error message.
  package var kindName: String {
    switch self {
    case .null: "nothing"
    case .bool: "true or false"
    case .int: "a whole number"
    case .double: "a number"
    case .string: "text"
    case .list: "a list"
    case .map: "a mapping"
    }
  }
}

/// A mistake in a stage's options.
///
/// It names the option by its path; `Pipeline` knows where in the file that path was written, and
/// points there.
package struct OptionError: Error, Hashable, Sendable {
  /// Keys and list positions from the stage's `options` down to the culprit.
  package let path: [String]
  /// What is wrong.
  package let message: String
  /// What would have been accepted.
  package let hint: String

  /// A mistake at a path.
  package init(path: [String], message: String, hint: String) {
    self.path = path
    self.message = message
    self.hint = hint
  }
}
