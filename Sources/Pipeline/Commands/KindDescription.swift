import Contract
import Papers

/// A kind of stage or a piece, as it is shown to a person.
struct KindDescription: Sendable {
  /// What it is one of, in the plural.
  let family: String
  let word: String
  let summary: String
  /// The slots of a stage.
  let inputs: [InputSlot]
  let options: [OptionDeclaration]

  /// Everything there is, family by family.
  static var all: [KindDescription] {
    Catalog.kinds.map { kind in
      KindDescription(
        family: "kinds of stage", word: kind.kind, summary: kind.summary, inputs: kind.inputs,
        options: OptionReader.declarations { reader throws(OptionError) in
          _ = try kind.init(options: &reader)
        })
    } + Catalog.families.flatMap { pieces($0.name, $0.pieces) }
  }

  private static func pieces(
    _ family: String, _ pieces: [any Piece.Type]
  ) -> [KindDescription] {
    pieces.map { piece in
      KindDescription(
        family: family, word: piece.kind, summary: piece.summary, inputs: [],
        options: OptionReader.declarations { reader throws(OptionError) in
          _ = try piece.init(options: &reader)
        })
    }
  }

  /// The whole description, a line each.
  var lines: [String] {
    let slots = inputs.map { slot in
      "  \(slot.name): \(slot.takesMany ? "stages" : "a stage") with"
        + " \(slot.artifacts.joined(separator: ", "))\(slot.isOptional ? "; may be left out" : "")"
    }
    return ["\(word): \(summary)"]
      + (slots.isEmpty ? [] : ["inputs:"] + slots)
      + (options.isEmpty ? ["no options"] : ["options:"])
      + options.map { option in
        "  \(option.name): \(option.wanted)"
          + (option.condition.map { "; where \($0)" } ?? "")
      }
  }

  /// The same for a program.
  var json: JSON {
    [
      "family": .string(family), "kind": .string(word), "summary": .string(summary),
      "inputs": .array(inputs.map { .string($0.name) }),
      "options": .array(
        options.map { option in
          [
            "name": .string(option.name), "accepts": .string(option.wanted),
            "where": option.condition.map { .string($0) } ?? .null,
          ]
        }),
    ]
  }
}
