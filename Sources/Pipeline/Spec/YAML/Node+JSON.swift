extension Node {
  /// The value as JSON, indented by two spaces, keys in the order of the file.
  ///
  /// Numbers are the shortest that read back the same; a float always shows a point or an exponent.
  /// JSON knows no infinities, so those three values are the strings `.inf`, `-.inf` and `.nan`.
  func json() -> String {
    var text = ""
    write(to: &text, indent: 0)
    return text
  }

  private func write(to text: inout String, indent: Int) {
    switch value {
    case .null: text += "null"
    case .bool(let flag): text += flag ? "true" : "false"
    case .int(let number): text += String(number)
    case .float(let number) where number.isNaN: text += "\".nan\""
    case .float(let number) where number.isInfinite: text += number < 0 ? "\"-.inf\"" : "\".inf\""
    case .float(let number): text += number.description
    case .string(let string): Self.write(string, to: &text)
    case .sequence(let items) where items.isEmpty: text += "[]"
    case .mapping(let mapping) where mapping.entries.isEmpty: text += "{}"
    case .sequence(let items):
      let margin = String(repeating: " ", count: indent + 2)
      var opening = "[\n"
      for item in items {
        text += opening + margin
        item.write(to: &text, indent: indent + 2)
        opening = ",\n"
      }
      text += "\n" + String(repeating: " ", count: indent) + "]"
    case .mapping(let mapping):
      let margin = String(repeating: " ", count: indent + 2)
      var opening = "{\n"
      for entry in mapping.entries {
        text += opening + margin
        Self.write(entry.key, to: &text)
        text += ": "
        entry.value.write(to: &text, indent: indent + 2)
        opening = ",\n"
      }
      text += "\n" + String(repeating: " ", count: indent) + "}"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      case "\u{0}"..<" ", "\u{7F}"..."\u{9F}":
        let hex = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
