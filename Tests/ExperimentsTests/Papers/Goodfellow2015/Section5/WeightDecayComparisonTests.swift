import Foundation
import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Goodfellow2015
@testable import Measures

@Suite struct WeightDecayComparisonTests {
  static let pair: [String: Setting] = ["negative": .int(3), "positive": .int(7)]
  static let output = Result {
    try ToyDigits.run(
      WeightDecayComparison.self,
      ToyDigits.recipe(epochs: 6).merging(pair) { $1 }.merging([
        "epsilon": .double(0.25), "coefficients": .list([.double(0.001), .double(0.1)]),
      ]) { $1 }, inputs: ["data": [ToyDigits.input]])
  }

  private static func numbers(_ column: String) throws -> [Double] {
    guard case .table(let table)? = try output.get().artifacts["comparison"],
      let index = table.index(of: column)
    else { return [] }
    return table.rows.compactMap {
      switch $0[index] {
      case .number(let value): value
      case .proportion(let hits, let total): Double(hits) / Double(total)
      default: nil
      }
    }
  }

  @Test func bothMethodsStandAtEachCoefficient() throws {
    guard case .table(let table)? = try Self.output.get().artifacts["comparison"] else {
      Issue.record("there is no table")
      return
    }
    #expect(
      table.rows.map { $0[0] } == [
        .text("l1"), .text("worst case"), .text("l1"), .text("worst case"),
      ])
    #expect(try Self.numbers("coefficient") == [0.001, 0.001, 0.1, 0.1])
  }

  /// log(1 + e^z) has a slope below 1, so an attack never costs more than ε‖w‖₁.
  @Test func thePenaltyIsNeverLessThanTheDamage() throws {
    for (penalty, damage) in zip(try Self.numbers("penalty"), try Self.numbers("damage")) {
      #expect(damage > 0 && damage < penalty)
    }
  }

  @Test func aLargePenaltyMakesTheWeightsSmall() throws {
    let norms = try Self.numbers("norm")
    #expect(norms[2] < norms[0] / 2)
    #expect(norms[3] > norms[2], "the worst case lets the weights grow")
  }
}

@Suite struct WorstCaseTrainingTests {
  /// Trained against the worst case, a model errs less under it than one that was not.
  @Test func itHelpsAgainstTheAttack() throws {
    let recipe = ToyDigits.recipe(epochs: 8).merging(WeightDecayComparisonTests.pair) { $1 }
    let robust = try ToyDigits.run(
      WorstCaseTraining.self, recipe.merging(["epsilon": .double(0.1)]) { $1 },
      inputs: ["data": [ToyDigits.input]]
    ).classifier()
    let test = Evaluator(ToyDigits.parts.test, for: [3, 7], in: ToyModels.workspace)
    let attack = FGSM(LInfBall(epsilon: 0.1))
    let plain = try ToyDigits.logistic.get().classifier()
    let seed = Seed(1, stage: "attack")
    let (trained, not) = (
      try test.attacked(robust, by: attack, seed: seed).errors,
      try test.attacked(plain, by: attack, seed: seed).errors
    )
    #expect(trained < not)
  }

  @Test func twoDigitsMustDiffer() {
    var reader = OptionReader(
      ToyDigits.recipe(epochs: 1).merging([
        "negative": .int(3), "positive": .int(3), "epsilon": .double(0.1),
      ]) { $1 })
    let error = #expect(throws: OptionError.self) { try WorstCaseTraining(options: &reader) }
    #expect(error?.path == ["positive"])
  }
}
