/// A JSON value: what records, plans and machine-readable output are made of.
///
/// Objects keep the order in which they were built, so that a text has one form only and a digest of
/// it means something. Numbers are whole or not, and stay so: `1` is read as `.int`, `1.0` as
/// `.double`, and both are written back as they were.
enum JSON: Sendable {
  case null
  case bool(Bool)
  case int(Int)
  case double(Double)
  case string(String)
  case array([JSON])
  case object([(String, JSON)])
}

extension JSON: Equatable {
  /// Equal in kind, value and order; tuples are why this is not synthesised.
  static func == (left: JSON, right: JSON) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.int(let a), .int(let b)): a == b
    case (.double(let a), .double(let b)): a == b
    case (.string(let a), .string(let b)): a == b
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.0 == $1.0 && $0.1 == $1.1 }
    default: false
    }
  }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  init(stringLiteral value: String) { self = .string(value) }
  init(integerLiteral value: Int) { self = .int(value) }
  init(booleanLiteral value: Bool) { self = .bool(value) }
  init(arrayLiteral elements: JSON...) { self = .array(elements) }
  init(dictionaryLiteral elements: (String, JSON)...) { self = .object(elements) }
}

/// Looking inside; every accessor is nil where the value is of another kind.
extension JSON {
  /// The member of that name, if this is an object that has one.
  subscript(name: String) -> JSON? { object?.first { $0.0 == name }?.1 }
  /// The members in order, if this is an object.
  var object: [(String, JSON)]? { if case .object(let members) = self { members } else { nil } }
  /// The elements, if this is an array.
  var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }
  /// The text, if this is a string.
  var string: String? { if case .string(let text) = self { text } else { nil } }
  /// The number, if it is a whole one.
  var int: Int? { if case .int(let value) = self { value } else { nil } }
  /// The truth value, if it is one.
  var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  /// The number, whole or not.
  var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .double(let value): value
    default: nil
    }
  }
}

/// Writing.
extension JSON {
  /// The value as text, on one line or laid out for people.
  ///
  /// `pretty` indents by two spaces a level and ends with a newline. Doubles are the shortest digits
  /// that read back to the same bits.
  func text(pretty: Bool = false) -> String {
    var text = ""
    write(to: &text, indent: pretty ? 0 : nil)
    if pretty { text += "\n" }
    return text
  }

  private func write(to text: inout String, indent: Int?) {
    switch self {
    case .null: text += "null"
    case .bool(let value): text += value ? "true" : "false"
    case .int(let value): text += value.description
    case .double(let value):
      precondition(value.isFinite, "JSON has no word for \(value)")
      text += value.description
    case .string(let value): Self.quote(value, into: &text)
    case .array(let elements):
      Self.enclose("[", "]", elements, into: &text, indent: indent) { element, text, inner in
        element.write(to: &text, indent: inner)
      }
    case .object(let members):
      Self.enclose("{", "}", members, into: &text, indent: indent) { member, text, inner in
        Self.quote(member.0, into: &text)
        text += inner == nil ? ":" : ": "
        member.1.write(to: &text, indent: inner)
      }
    }
  }

  private static func enclose<Item>(
    _ open: String, _ close: String, _ items: [Item], into text: inout String, indent: Int?,
    write: (Item, inout String, Int?) -> Void
  ) {
    text += open
    let inner = indent.map { $0 + 2 }
    for (position, item) in items.enumerated() {
      if position > 0 { text += "," }
      if let inner { text += "\n" + String(repeating: " ", count: inner) }
      write(item, &text, inner)
    }
    if let indent, !items.isEmpty { text += "\n" + String(repeating: " ", count: indent) }
    text += close
  }

  private static func quote(_ value: String, into text: inout String) {
    text += "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      // Control characters of every kind, so that a text can be shown on a terminal as it is.
      case "\u{0}"..<" ", "\u{7F}"..."\u{9F}":
        let digits = String(scalar.value, radix: 16)
        text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: text.unicodeScalars.append(scalar)
      }
    }
    text += "\""
  }
}
