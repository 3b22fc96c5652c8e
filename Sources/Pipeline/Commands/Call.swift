import Contract
import Foundation

/// One call of the program: the command, its operands and its options, checked.
struct Call: Sendable {
  /// The command's word.
  let command: String
  /// What followed it.
  let operands: [String]
  private let values: [String: [String]]

  /// Splits the arguments after the program's name; every mistake gets a suggestion.
  init(_ arguments: [String]) throws(UsageError) {
    var words: [String] = []
    var given: [(option: String, value: String?)] = []
    var rest = arguments[...]
    while let word = rest.popFirst() {
      guard word.hasPrefix("-"), word != "-" else {
        words.append(word)
        continue
      }
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let name = parts[0] == "-h" ? "--help" : String(parts[0])
      // Which options a command has is known only with its word, so any command's value counts.
      let known = Option.common + CommandList.all.flatMap { $0.options }
      guard let option = known.first(where: { $0.name == name }) else {
        throw UsageError(
          message: "unknown option ‘\(name)’",
          hint: Self.suggestion(name, known.map(\.name), "pipeline --help lists the options"))
      }
      switch (option.value, parts.count > 1) {
      case (nil, true):
        throw UsageError(message: "‘\(name)’ takes no value", hint: "write just \(name)")
      case (nil, false): given.append((name, nil))
      case (_?, true): given.append((name, String(parts[1])))
      case (let wanted?, false):
        guard let value = rest.popFirst() else {
          throw UsageError(message: "‘\(name)’ has no value", hint: "write \(name) \(wanted)")
        }
        given.append((name, value))
      }
    }
    command = words.first ?? "help"
    operands = Array(words.dropFirst())
    values = Dictionary(
      given.map { ($0.option, [$0.value ?? "yes"]) }, uniquingKeysWith: { $0 + $1 })
    try check()
  }

  private func check() throws(UsageError) {
    guard let type = CommandList.named(command) else {
      throw UsageError(
        message: "unknown command ‘\(command)’",
        hint: Self.suggestion(
          command, CommandList.all.map { $0.name }, "pipeline help lists the commands"))
    }
    let own = (Option.common + type.options).map(\.name)
    if let stray = values.keys.sorted().first(where: { !own.contains($0) }) {
      throw UsageError(
        message: "‘\(command)’ does not take ‘\(stray)’",
        hint: "pipeline \(command) --help lists what it takes")
    }
    if type.operands.isEmpty, let stray = operands.first {
      throw UsageError(
        message: "‘\(command)’ takes no operand, but was given ‘\(stray)’",
        hint: "pipeline \(command) --help")
    }
  }

  static func suggestion(_ word: String, _ words: [String], _ otherwise: String) -> String {
    nearest(to: word, in: words).map { "did you mean ‘\($0)’?" } ?? otherwise
  }

  /// Whether a switch was given.
  func has(_ option: String) -> Bool { values[option] != nil }

  /// The last value of an option.
  func value(_ option: String) -> String? { values[option]?.last }

  /// All values of an option that may be repeated.
  func all(_ option: String) -> [String] { values[option] ?? [] }

  /// The value of an option as a whole number within a range.
  func number(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        message: "‘\(option) \(text)’ is not accepted",
        hint: "give a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Colours on a terminal, unless somebody asked for none.
  var style: Style { Style(color: isatty(STDERR_FILENO) == 1 && wantsColor) }

  /// Colours for standard output.
  var outputStyle: Style { Style(color: isatty(STDOUT_FILENO) == 1 && wantsColor) }

  private var wantsColor: Bool {
    let environment = ProcessInfo.processInfo.environment
    return !has("--no-color") && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }
}

/// The two streams: data on one, words about it on the other.
enum Console {
  /// A line of data, on standard output.
  static func print(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

  /// A line for the person, on standard error.
  static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}
