extension Node {
  /// The value as JSON text, laid out for people, keys in the order of the file.
  ///
  /// Numbers are the shortest that read back the same; a float always shows a point or an exponent.
  /// JSON knows no infinities, so those three values are the strings `.inf`, `-.inf` and `.nan`.
  func json() -> String { String(value.json.text(pretty: true).dropLast()) }
}

extension Node.Value {
  fileprivate var json: JSON {
    switch self {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .int(let number): .int(number)
    case .float(let number) where number.isNaN: ".nan"
    case .float(let number) where number.isInfinite: number < 0 ? "-.inf" : ".inf"
    case .float(let number): .double(number)
    case .string(let string): .string(string)
    case .sequence(let items): .array(items.map(\.value.json))
    case .mapping(let mapping): .object(mapping.entries.map { ($0.key, $0.value.value.json) })
    }
  }
}
