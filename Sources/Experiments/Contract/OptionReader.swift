/// Decodes a stage's options into typed values.
///
/// There are no defaults: what a stage needs stands in the spec, where a person can see and change
/// it. `finish()` refuses what nobody asked for.
package struct OptionReader {
  private let settings: [String: Setting]
  private var asked: [String] = []

  /// Reads from the stage's `options` mapping.
  package init(_ settings: [String: Setting]) { self.settings = settings }

  /// A whole number within `range`.
  package mutating func int(_ name: String, in range: ClosedRange<Int>) throws(OptionError) -> Int {
    let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .int(let value) = try setting(name, wanted) else { throw wrong(name, wanted) }
    guard range.contains(value) else { throw outside(name, "\(value)", wanted) }
    return value
  }

  /// A finite number within `range`.
  package mutating func double(
    _ name: String, in range: ClosedRange<Double>
  ) throws(OptionError) -> Double {
    let wanted = "a number from \(range.lowerBound) to \(range.upperBound)"
    guard let value = Self.number(try setting(name, wanted)) else { throw wrong(name, wanted) }
    guard range.contains(value) else { throw outside(name, "\(value)", wanted) }
    return value
  }

  /// A list of at least one number, each within `range`.
  package mutating func doubles(
    _ name: String, in range: ClosedRange<Double>
  ) throws(OptionError) -> [Double] {
    let wanted = "a list of numbers from \(range.lowerBound) to \(range.upperBound)"
    guard case .list(let items) = try setting(name, wanted), !items.isEmpty else {
      throw wrong(name, wanted)
    }
    var values: [Double] = []
    for (position, item) in items.enumerated() {
      guard let value = Self.number(item), range.contains(value) else {
        throw OptionError(
          path: [name, "\(position)"], message: "‘\(name)’ holds a value that is not accepted",
          hint: "give \(wanted)")
      }
      values.append(value)
    }
    return values
  }

  /// A list of whole numbers within `range`, of a length in `count`.
  package mutating func ints(
    _ name: String, in range: ClosedRange<Int>, count: ClosedRange<Int> = 1...Int.max
  ) throws(OptionError) -> [Int] {
    let values = try doubles(name, in: Double(range.lowerBound)...Double(range.upperBound))
    let length =
      count.upperBound == .max
      ? ""
      : count.count == 1 ? "\(count.lowerBound) " : "\(count.lowerBound) to \(count.upperBound) "
    let wanted = "a list of \(length)whole numbers"
    guard count.contains(values.count), values.allSatisfy({ $0 == $0.rounded() }) else {
      throw OptionError(
        path: [name], message: "‘\(name)’ is no \(wanted.dropFirst(2))", hint: "give \(wanted)")
    }
    return values.map { Int($0) }
  }

  /// True or false.
  package mutating func bool(_ name: String) throws(OptionError) -> Bool {
    let wanted = "true or false"
    guard case .bool(let value) = try setting(name, wanted) else { throw wrong(name, wanted) }
    return value
  }

  /// Any words.
  package mutating func string(_ name: String) throws(OptionError) -> String {
    guard case .string(let value) = try setting(name, "text") else { throw wrong(name, "text") }
    return value
  }

  /// One of the cases of an enumeration, by its raw value.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(OptionError) -> Choice where Choice.RawValue == String {
    let words = Choice.allCases.map(\.rawValue)
    let wanted = words.joined(separator: ", ")
    guard case .string(let word) = try setting(name, wanted) else { throw wrong(name, wanted) }
    guard let value = Choice(rawValue: word) else {
      throw OptionError(
        path: [name], message: "‘\(name)’ cannot be ‘\(word)’",
        hint: nearest(to: word, in: words).map { "did you mean ‘\($0)’?" } ?? "give \(wanted)")
    }
    return value
  }

  /// Refuses every option that was never asked for.
  package func finish() throws(OptionError) {
    guard let unknown = settings.keys.sorted().first(where: { !asked.contains($0) }) else { return }
    let hint =
      if let close = nearest(to: unknown, in: asked) {
        "did you mean ‘\(close)’?"
      } else if asked.isEmpty { "this stage takes no options" } else {
        "this stage takes: \(asked.joined(separator: ", "))"
      }
    throw OptionError(path: [unknown], message: "unknown option ‘\(unknown)’", hint: hint)
  }

  private mutating func setting(_ name: String, _ wanted: String) throws(OptionError) -> Setting {
    asked.append(name)
    guard let value = settings[name] else {
      let slip = settings.keys.sorted().first { !asked.contains($0) && editDistance($0, name) <= 2 }
      guard let slip else {
        throw OptionError(
          path: [], message: "the option ‘\(name)’ is missing", hint: "give \(wanted)")
      }
      throw OptionError(
        path: [slip], message: "unknown option ‘\(slip)’", hint: "did you mean ‘\(name)’?")
    }
    return value
  }

  private static func number(_ setting: Setting) -> Double? {
    switch setting {
    case .int(let value): Double(value)
    case .double(let value) where value.isFinite: value
    default: nil
    }
  }

  private func wrong(_ name: String, _ wanted: String) -> OptionError {
    let found =
      switch settings[name] {
      case .double(let value)? where !value.isFinite: "not a finite number"
      case .list(let items)? where items.isEmpty: "an empty list"
      case let setting: setting?.kindName ?? "nothing"
      }
    return OptionError(path: [name], message: "‘\(name)’ is \(found)", hint: "give \(wanted)")
  }

  private func outside(_ name: String, _ value: String, _ wanted: String) -> OptionError {
    OptionError(path: [name], message: "‘\(name)’ cannot be \(value)", hint: "give \(wanted)")
  }
}
