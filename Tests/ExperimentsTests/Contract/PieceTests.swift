import Testing

@testable import Attacks
@testable import Contract

/// Pieces are read from the spec, and every mistake is told with its path.
@Suite struct PieceTests {
  static func attack(_ options: [String: Setting]) throws -> any AttackPiece {
    var reader = OptionReader(["attack": .map(options)])
    let piece = try reader.piece("attack", of: AttackCatalogue.attacks)
    try reader.finish()
    return piece
  }

  static let fgsm: [String: Setting] = [
    "kind": .string("fgsm"), "norm": .string("linf"), "epsilon": .double(0.25),
    "clip": .bool(false),
  ]

  @Test func aPieceIsDecodedByItsWord() throws {
    let attack = try #require(try Self.attack(Self.fgsm) as? FGSM)
    #expect(attack.ball as? LInfBall == LInfBall(epsilon: 0.25))
  }

  /// What is wrong, and what the error must say.
  static let mistakes:
    [(change: [String: Setting], path: [String], message: String, hint: String)] = [
      (
        ["kind": .string("fgsn")], ["attack", "kind"], "‘kind’ cannot be ‘fgsn’",
        "did you mean ‘fgsm’?"
      ),
      (["norm": .string("l3")], ["attack", "norm"], "‘norm’ cannot be ‘l3’", "did you mean ‘l0’?"),
      (
        ["epsilon": .double(-1)], ["attack", "epsilon"], "‘epsilon’ cannot be -1.0",
        "give a number from 0.0 to 1.0"
      ),
      (
        ["steps": .int(3)], ["attack", "steps"], "unknown option ‘steps’",
        "‘attack’ takes: kind, norm, epsilon, clip"
      ),
    ]

  @Test(arguments: 0..<mistakes.count) func aMistakeIsToldWithItsPath(_ index: Int) {
    let wrong = Self.mistakes[index]
    let error = #expect(throws: OptionError.self) {
      try Self.attack(Self.fgsm.merging(wrong.change) { $1 })
    }
    #expect(error?.path == wrong.path)
    #expect(error?.message == wrong.message)
    #expect(error?.hint == wrong.hint)
  }

  @Test func aPieceThatIsNoMappingIsToldHowToWriteIt() {
    var reader = OptionReader(["attack": .string("fgsm")])
    let error = #expect(throws: OptionError.self) {
      try reader.piece("attack", of: AttackCatalogue.attacks)
    }
    #expect(error?.hint == "give an attack, such as {kind: fgsm, …}")
  }

  @Test func restartsWithoutARandomStartAreRefused() {
    let pgd = Self.fgsm.merging([
      "kind": .string("pgd"), "steps": .int(2), "step-size": .double(0.1),
      "random-start": .bool(false), "restarts": .int(2),
    ]) { $1 }
    let error = #expect(throws: OptionError.self) { try Self.attack(pgd) }
    #expect(error?.path == ["attack", "restarts"])
  }

  @Test func everyWordOfTheCatalogueIsItsOwn() {
    let words = AttackCatalogue.attacks.words + NormCatalogue.balls.words
    #expect(Set(words).count == words.count)
  }
}
