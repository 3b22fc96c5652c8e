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
