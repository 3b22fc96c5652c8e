/// A stage's options by name, in the canonical form of its key, lists put together again.
struct OptionLeaves {
  /// One value: a number, a word, or a whole list.
  struct Value: Hashable {
    /// Its parts, each with what follows the option's name in its path, such as `[2]`.
    fileprivate(set) var parts: [KeyParts.Option] = []

    /// As a person would write it.
    var text: String {
      let words = parts.map { part in
        let key = part.path.split(separator: ".").dropFirst().joined(separator: ".")
        return (key.isEmpty ? "" : "\(key): ") + Self.unquoted(part.value)
      }
      return parts.first?.path.isEmpty == true ? words[0] : "[\(words.joined(separator: ", "))]"
    }

    private static func unquoted(_ value: String) -> String {
      value.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
        ? String(value.dropFirst().dropLast()) : value
    }
  }

  /// The values by name; `attack: {epsilon: 0.25}` has the name `attack.epsilon`.
  private(set) var values: [String: Value] = [:]

  /// Takes the options of a key.
  init(_ options: [KeyParts.Option]) {
    // The tenth item of a list comes after the second, however they were kept.
    for option in options.sorted(by: { ($0.path.count, $0.path) < ($1.path.count, $1.path) }) {
      let name = option.path.prefix { $0 != "[" }
      values[String(name), default: Value()].parts.append(
        KeyParts.Option(path: String(option.path[name.endIndex...]), value: option.value))
    }
  }
}
