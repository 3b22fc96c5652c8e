import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Measures
@testable import Models
@testable import Stages

/// Any attack, norm and criterion against any model, from options alone.
@Suite struct CraftTests {
  static let linf: [String: Setting] = [
    "norm": .string("linf"), "epsilon": .double(0.1), "clip": .bool(true),
  ]
  static let steps: [String: Setting] = ["steps": .int(4), "step-size": .double(0.05)]

  /// Every attack of the catalogue, as the spec would write it.
  static let attacks: [String: [String: Setting]] = [
    "fgsm": linf,
    "bim": linf.merging(steps) { $1 },
    "pgd": linf.merging(steps) { $1 }.merging([
      "random-start": .bool(true), "restarts": .int(2),
    ]) { $1 },
    "mim": linf.merging(steps) { $1 }.merging(["decay": .double(1)]) { $1 },
    "rotation": ["cosine": .double(0.9)],
    "jsma": [
      "upsilon": .double(5), "direction": .string("increase"), "map": .string("pair"),
      "domain": .string("unsaturated"),
    ],
    "carlini-wagner": [
      "confidence": .double(0), "search-steps": .int(2), "iterations": .int(40),
      "learning-rate": .double(0.1), "initial-constant": .double(1),
    ],
  ]

  static func craft(
    _ attack: String, criterion: [String: Setting] = ["kind": .string("misclassification")],
    images: Int = 40
  ) throws -> (errors: Table, goals: Table) {
    let options = try #require(attacks[attack]).merging(["kind": .string(attack)]) { $1 }
    let output = try ToyDigits.run(
      Craft.self,
      [
        "attack": .map(options), "criterion": .map(criterion), "images": .int(images),
        "examples": .int(10), "training-error": .bool(false),
      ],
      inputs: [
        "data": [ToyDigits.input],
        "models": [
          StageInput(stage: "softmax", output: try ToyDigits.softmax.get()),
          StageInput(stage: "maxout", output: try ToyDigits.maxout.get()),
        ],
      ])
    #expect(output.artifacts.keys.sorted() == ["adversarial", "attack", "examples", "goals"])
    return (try output.table("attack"), try output.table("goals"))
  }

  static func hits(_ table: Table, _ row: Int, _ column: String) throws -> Int {
    guard case .proportion(let hits, _) = table.rows[row][try #require(table.index(of: column))]
    else { throw StageFailure(.data, "‘\(column)’ is no share") }
    return hits
  }

  @Test func everyAttackOfTheCatalogueIsTried() {
    #expect(Set(Self.attacks.keys) == Set(AttackWords.all))
  }

  @Test(arguments: AttackWords.all) func anAttackRaisesTheErrorOfEveryModel(_ word: String) throws {
    let (table, goals) = try Self.craft(word)
    for row in table.rows.indices {
      let (clean, attacked) = (
        try Self.hits(table, row, "clean_error_rate"), try Self.hits(table, row, "error_rate")
      )
      #expect(attacked > clean, "\(word) on \(table.rows[row][0]): \(clean), then \(attacked)")
      #expect(try Self.hits(goals, row, "success_rate") == attacked, "the goal is an error")
    }
  }

  @Test func moreStepsDoAtLeastAsWellAsOne() throws {
    let (one, many) = (try Self.craft("fgsm").errors, try Self.craft("pgd").errors)
    for row in one.rows.indices {
      #expect(
        try Self.hits(many, row, "error_rate") >= Self.hits(one, row, "error_rate"))
    }
  }

  @Test func aTargetedGoalCountsImagesOfOtherClassesAlone() throws {
    let goals = try Self.craft(
      "bim", criterion: ["kind": .string("targeted"), "class": .int(3)]
    ).goals
    guard case .proportion(_, let total) = goals.rows[0][2] else {
      Issue.record("no share of goals met")
      return
    }
    let own = ToyDigits.parts.test.labels.prefix(40).count { $0 == 3 }
    #expect(own > 0 && total == 40 - own)
  }

  @Test func distancesAreThoseOfTheNorms() {
    let moved = ToyModels.workspace.tensor([2, 3], [0, 3, -4, 0, 0, 0])
    let distances = CraftedImages.distances(moved)
    #expect(distances[0] == .init(l0: 2, l1: 7, l2: 5, linf: 4))
    #expect(distances[1] == .init(l0: 0, l1: 0, l2: 0, linf: 0))
  }
}

/// The words of all attacks.
enum AttackWords {
  static let all = AttackCatalogue.attacks.words
}
