/// Decodes a stage's options into typed values.
///
/// There are no defaults: what a stage needs stands in the spec, where a person can see and change
/// it. `finish()` refuses what nobody asked for.
package struct OptionReader {
  private let settings: [String: Setting]
  /// Whose options these are, in messages.
  private let owner: String
  /// Whether every question that `settings` leaves open gets an answer that it accepts.
  private let isDescribing: Bool
  /// What was asked for, in the order of asking.
  package private(set) var declarations: [OptionDeclaration] = []
  /// The pieces that the options name: the code behind them is behind the stage.
  package private(set) var pieces: [any Piece.Type] = []

  /// Reads from the stage's `options` mapping.
  package init(_ settings: [String: Setting], of owner: String = "this stage") {
    self.settings = settings
    self.owner = owner
    isDescribing = false
  }

  /// Answers every question by itself, but for these.
  init(describing owner: String, answers: [String: Setting] = [:]) {
    settings = answers
    self.owner = owner
    isDescribing = true
  }

  private var asked: [String] { declarations.map(\.name) }

  /// A whole number within `range`.
  package mutating func int(_ name: String, in range: ClosedRange<Int>) throws(OptionError) -> Int {
    let wanted = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    guard case .int(let value) = try setting(name, wanted, or: .int(end(of: range))) else {
      throw wrong(name, wanted)
    }
    guard range.contains(value) else { throw outside(name, "\(value)", wanted) }
    return value
  }

  /// A finite number within `range`.
  package mutating func double(
    _ name: String, in range: ClosedRange<Double>
  ) throws(OptionError) -> Double {
    let wanted = "a number from \(range.lowerBound) to \(range.upperBound)"
    let example = Setting.double(end(of: range))
    guard let value = Self.number(try setting(name, wanted, or: example)) else {
      throw wrong(name, wanted)
    }
    guard range.contains(value) else { throw outside(name, "\(value)", wanted) }
    return value
  }

  /// A list of at least one number, each within `range`.
  package mutating func doubles(
    _ name: String, in range: ClosedRange<Double>
  ) throws(OptionError) -> [Double] {
    try doubles(name, in: range, exampleOf: 1)
  }

  private mutating func doubles(
    _ name: String, in range: ClosedRange<Double>, exampleOf count: Int
  ) throws(OptionError) -> [Double] {
    let wanted = "a list of numbers from \(range.lowerBound) to \(range.upperBound)"
    let least = Setting.double(range.lowerBound)
    let setting = try setting(
      name, wanted, or: .list(Array(repeating: least, count: count)),
      alternatives: count == 1 ? ["several": .list([least, .double(range.upperBound)])] : [:])
    guard case .list(let items) = setting, !items.isEmpty else { throw wrong(name, wanted) }
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
    let values = try doubles(
      name, in: Double(range.lowerBound)...Double(range.upperBound),
      exampleOf: max(1, count.lowerBound))
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
    let setting = try setting(
      name, wanted, or: .bool(true), alternatives: ["false": .bool(false)])
    guard case .bool(let value) = setting else { throw wrong(name, wanted) }
    return value
  }

  /// Any words.
  package mutating func string(_ name: String) throws(OptionError) -> String {
    guard case .string(let value) = try setting(name, "text", or: .string("text")) else {
      throw wrong(name, "text")
    }
    return value
  }

  /// One of the cases of an enumeration, by its raw value.
  package mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(OptionError) -> Choice where Choice.RawValue == String {
    let word = try word(name, of: Choice.allCases.map(\.rawValue))
    guard let value = Choice(rawValue: word) else {
      preconditionFailure("\(type) has no case ‘\(word)’ though it lists one")
    }
    return value
  }

  /// One of some words.
  package mutating func word(_ name: String, of words: [String]) throws(OptionError) -> String {
    let wanted = words.joined(separator: ", ")
    let setting = try setting(
      name, wanted, or: .string(words[0]),
      alternatives: Dictionary(
        words.dropFirst().map { ($0, .string($0)) }, uniquingKeysWith: { first, _ in first }))
    guard case .string(let word) = setting else { throw wrong(name, wanted) }
    guard words.contains(word) else {
      throw OptionError(
        path: [name], message: "‘\(name)’ cannot be ‘\(word)’",
        hint: nearest(to: word, in: words).map { "did you mean ‘\($0)’?" } ?? "give \(wanted)")
    }
    return word
  }

  /// A list of some words, each at most once; it may be empty.
  package mutating func words(_ name: String, of words: [String]) throws(OptionError) -> [String] {
    let wanted = "a list of \(words.joined(separator: ", "))"
    guard case .list(let items) = try setting(name, wanted, or: .list([.string(words[0])])) else {
      throw wrong(name, wanted)
    }
    var chosen: [String] = []
    for (position, item) in items.enumerated() {
      guard case .string(let word) = item, words.contains(word), !chosen.contains(word) else {
        throw OptionError(
          path: [name, "\(position)"], message: "‘\(name)’ holds a word that is not accepted",
          hint: "give \(wanted), each at most once")
      }
      chosen.append(word)
    }
    return chosen
  }

  /// A mapping of options, read by a reader of its own and to its end.
  package mutating func mapping<Value>(
    _ name: String, _ wanted: String,
    _ read: (inout OptionReader) throws(OptionError) -> Value
  ) throws(OptionError) -> Value {
    guard case .map(let options) = try setting(name, wanted, or: .map([:])) else {
      throw wrong(name, wanted)
    }
    var inner =
      isDescribing ? OptionReader(describing: owner) : OptionReader(options, of: "‘\(name)’")
    do {
      let value = try read(&inner)
      try inner.finish()
      pieces += inner.pieces
      return value
    } catch {
      throw OptionError(path: [name] + error.path, message: error.message, hint: error.hint)
    }
  }

  /// Notes that the options name a piece.
  mutating func note(_ piece: any Piece.Type) { pieces.append(piece) }

  /// Refuses every option that was never asked for.
  package func finish() throws(OptionError) {
    let asked = asked
    guard let unknown = settings.keys.sorted().first(where: { !asked.contains($0) }) else { return }
    let hint =
      if let close = nearest(to: unknown, in: asked) {
        "did you mean ‘\(close)’?"
      } else if asked.isEmpty { "\(owner) takes no options" } else {
        "\(owner) takes: \(asked.joined(separator: ", "))"
      }
    throw OptionError(path: [unknown], message: "unknown option ‘\(unknown)’", hint: hint)
  }

  private mutating func setting(
    _ name: String, _ wanted: String, or example: Setting,
    alternatives: [String: Setting] = [:]
  ) throws(OptionError) -> Setting {
    declarations.append(
      OptionDeclaration(name: name, wanted: wanted, example: example, alternatives: alternatives))
    if isDescribing { return settings[name] ?? example }
    guard let value = settings[name] else {
      let asked = asked
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

  /// An example from a range: its ends in turn, because two options may have to differ.
  private func end<Bound>(of range: ClosedRange<Bound>) -> Bound {
    declarations.count % 2 == 0 ? range.lowerBound : range.upperBound
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
