import Testing

@testable import Contract

@Suite struct OptionReaderTests {
  enum Colour: String, CaseIterable { case red, green, blue }

  /// Options with one value of every kind.
  static let all: [String: Setting] = [
    "null": .null, "bool": .bool(true), "int": .int(3), "double": .double(0.5),
    "string": .string("red"), "list": .list([.int(0), .double(0.5)]), "map": .map(["a": .int(1)]),
    "nan": .double(.nan), "huge": .int(11), "mixed": .list([.int(1), .bool(true)]),
    "empty": .list([]), "beyond": .list([.double(0.1), .double(1.5)]), "gren": .string("gren"),
    "mauve": .string("mauve"), "infinite": .list([.double(.infinity)]),
    "pair": .list([.int(2), .int(3)]),
  ]

  /// A way to ask, and the error it must give.
  struct Mistake: CustomTestStringConvertible, Sendable {
    let name: String
    let ask: @Sendable (inout OptionReader) throws(OptionError) -> Void
    let path: [String]
    let message: String
    let hint: String
    var testDescription: String { name }

    init(
      _ name: String, _ path: [String], _ message: String, _ hint: String,
      _ ask: @escaping @Sendable (inout OptionReader) throws(OptionError) -> Void
    ) {
      (self.name, self.path, self.message, self.hint, self.ask) = (name, path, message, hint, ask)
    }
  }

  static let mistakes = [
    Mistake(
      "missing", [], "the option ‘speed’ is missing", "give a whole number from 0 to 10"
    ) { reader throws(OptionError) in _ = try reader.int("speed", in: 0...10) },
    Mistake(
      "a slip of the pen", ["double"], "unknown option ‘double’", "did you mean ‘doubel’?"
    ) { reader throws(OptionError) in _ = try reader.double("doubel", in: 0...1) },
    Mistake(
      "a number for a whole number", ["double"], "‘double’ is a number",
      "give a whole number from 0 to 10"
    ) { reader throws(OptionError) in _ = try reader.int("double", in: 0...10) },
    Mistake(
      "too large", ["huge"], "‘huge’ cannot be 11", "give a whole number from 0 to 10"
    ) { reader throws(OptionError) in _ = try reader.int("huge", in: 0...10) },
    Mistake(
      "text for a number", ["string"], "‘string’ is text", "give a number from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.double("string", in: 0...1) },
    Mistake(
      "a number out of range", ["int"], "‘int’ cannot be 3.0", "give a number from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.double("int", in: 0...1) },
    Mistake(
      "not a number", ["nan"], "‘nan’ is not a finite number", "give a number from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.double("nan", in: 0...1) },
    Mistake(
      "a number for a list", ["double"], "‘double’ is a number",
      "give a list of numbers from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.doubles("double", in: 0...1) },
    Mistake(
      "an empty list", ["empty"], "‘empty’ is an empty list",
      "give a list of numbers from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.doubles("empty", in: 0...1) },
    Mistake(
      "a list that is not of numbers", ["mixed", "1"], "‘mixed’ holds a value that is not accepted",
      "give a list of numbers from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.doubles("mixed", in: 0...1) },
    Mistake(
      "a list with a number out of range", ["beyond", "1"],
      "‘beyond’ holds a value that is not accepted", "give a list of numbers from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.doubles("beyond", in: 0...1) },
    Mistake(
      "a list with an infinite number", ["infinite", "0"],
      "‘infinite’ holds a value that is not accepted", "give a list of numbers from 0.0 to 1.0"
    ) { reader throws(OptionError) in _ = try reader.doubles("infinite", in: 0...1) },
    Mistake(
      "a fraction in a list of whole numbers", ["list"], "‘list’ is no list of whole numbers",
      "give a list of whole numbers"
    ) { reader throws(OptionError) in _ = try reader.ints("list", in: 0...10) },
    Mistake(
      "a list of the wrong length", ["pair"], "‘pair’ is no list of 3 to 4 whole numbers",
      "give a list of 3 to 4 whole numbers"
    ) { reader throws(OptionError) in _ = try reader.ints("pair", in: 0...10, count: 3...4) },
    Mistake("nothing for a truth", ["null"], "‘null’ is nothing", "give true or false") {
      reader throws(OptionError) in _ = try reader.bool("null")
    },
    Mistake("a truth for text", ["bool"], "‘bool’ is true or false", "give text") {
      reader throws(OptionError) in _ = try reader.string("bool")
    },
    Mistake("a mapping for text", ["map"], "‘map’ is a mapping", "give text") {
      reader throws(OptionError) in _ = try reader.string("map")
    },
    Mistake("a number for a choice", ["int"], "‘int’ is a whole number", "give red, green, blue") {
      reader throws(OptionError) in _ = try reader.choice("int", of: Colour.self)
    },
    Mistake(
      "a mistyped choice", ["gren"], "‘gren’ cannot be ‘gren’", "did you mean ‘green’?"
    ) { reader throws(OptionError) in _ = try reader.choice("gren", of: Colour.self) },
    Mistake(
      "no such choice", ["mauve"], "‘mauve’ cannot be ‘mauve’", "give red, green, blue"
    ) { reader throws(OptionError) in _ = try reader.choice("mauve", of: Colour.self) },
  ]

  @Test(arguments: mistakes)
  func aMistakeNamesItsPlaceAndWhatWouldDo(_ mistake: Mistake) {
    var reader = OptionReader(Self.all)
    let error = #expect(throws: OptionError.self) { try mistake.ask(&reader) }
    #expect(
      error
        == OptionError(path: mistake.path, message: mistake.message, hint: mistake.hint))
  }

  @Test func whatFitsIsRead() throws {
    var reader = OptionReader(Self.all)
    #expect(try reader.int("int", in: 3...3) == 3)
    #expect(try reader.double("double", in: 0...1) == 0.5)
    #expect(try reader.double("int", in: 0...10) == 3)
    #expect(try reader.doubles("list", in: 0...1) == [0, 0.5])
    #expect(try reader.ints("pair", in: 0...10, count: 2...2) == [2, 3])
    #expect(try reader.bool("bool"))
    #expect(try reader.string("mauve") == "mauve")
    #expect(try reader.choice("string", of: Colour.self) == .red)
  }

  @Test func everythingAskedForLeavesNothingOver() throws {
    var reader = OptionReader(["epochs": .int(1)])
    _ = try reader.int("epochs", in: 0...9)
    try reader.finish()
    try OptionReader([:]).finish()
  }

  @Test(arguments: [
    (["epoch": Setting.int(1)], "epoch", "did you mean ‘epochs’?"),
    (["colour": .int(1)], "colour", "this stage takes: epochs"),
    (["zeal": .int(1), "ardour": .int(1)], "ardour", "this stage takes: epochs"),
  ])
  func anUnknownOptionIsRefused(_ extra: [String: Setting], _ name: String, _ hint: String) throws {
    var reader = OptionReader(extra.merging(["epochs": .int(1)]) { $1 })
    _ = try reader.int("epochs", in: 0...9)
    let error = #expect(throws: OptionError.self) { try reader.finish() }
    #expect(error == OptionError(path: [name], message: "unknown option ‘\(name)’", hint: hint))
  }

  @Test func aStageWithoutOptionsSaysSo() {
    let error = #expect(throws: OptionError.self) {
      try OptionReader(["epochs": .int(1)]).finish()
    }
    #expect(error?.hint == "this stage takes no options")
  }
}
