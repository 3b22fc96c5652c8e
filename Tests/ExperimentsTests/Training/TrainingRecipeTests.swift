import Foundation
import Testing

@testable import Contract
@testable import Training

@Suite struct TrainingRecipeTests {
  /// The recipe of the maxout network as it was published in 2013.
  static let published: [String: Setting] = [
    "recipe": .string("gradient-descent"), "stop": .string("patience"),
    "batch": .int(100), "learning-rate": .double(0.1), "learning-rate-divisor": .double(1.000004),
    "first-momentum": .double(0.5), "last-momentum": .double(0.7), "momentum-epochs": .int(250),
    "norm-cap": .double(1.9365), "patience": .int(100), "maximum-epochs": .int(1000),
  ]

  static func recipe(_ changes: [String: Setting] = [:]) throws -> TrainingRecipe {
    var reader = OptionReader(published.merging(changes) { $1 })
    let recipe = try TrainingRecipe(&reader)
    try reader.finish()
    return recipe
  }

  /// The second half of the recipe prints the rate and the momentum of the best epoch, 243.
  ///
  /// They were averaged over the batches in single precision, hence the millionth.
  @Test func epoch243HasThePrintedRateAndMomentum() throws {
    let recipe = try Self.recipe()
    let rate = recipe.learningRate(after: 243 * 500)
    #expect(abs(rate / 0.0615082606673 - 1) < 1e-6)
    #expect(abs(recipe.learningRate(after: 243 * 500 + 1) / 0.0615082606673 - 1) > 1e-6)
    #expect(abs(rate - 0.1 * exp(-121_500 * log1p(4e-6))) < 1e-12)
    #expect(abs(recipe.momentum(epoch: 243) / 0.694376766682 - 1) < 2e-6)
    #expect(abs(recipe.momentum(epoch: 242) / 0.694376766682 - 1) > 1e-3)
    #expect(abs(recipe.momentum(epoch: 244) / 0.694376766682 - 1) > 1e-3)
  }

  @Test(arguments: [
    (1, 0.5), (2, 0.500803212851406), (125, 0.599598393574297), (249, 0.699196787148594),
    (250, 0.7), (251, 0.7), (300, 0.7), (10_000, 0.7),
  ])
  func momentumRisesLinearlyAndStays(_ epoch: Int, _ momentum: Double) throws {
    #expect(abs(try Self.recipe().momentum(epoch: epoch) - momentum) < 1e-12)
  }

  @Test func oneEpochOfRisingIsNone() throws {
    let recipe = try Self.recipe(["momentum-epochs": .int(1)])
    #expect(recipe.momentum(epoch: 1) == 0.7)
  }

  @Test func theRateFallsWithEveryUpdateButNotBelowItsFloor() throws {
    let recipe = try Self.recipe(["learning-rate-divisor": .double(2)])
    #expect((0...3).map(recipe.learningRate(after:)) == [0.1, 0.05, 0.025, 0.0125])
    #expect(recipe.learningRate(after: 100) == 1e-6)
    #expect(try Self.recipe(["learning-rate-divisor": .int(1)]).learningRate(after: 50) == 0.1)
  }

  @Test func aCapOfZeroIsNone() throws {
    #expect(try Self.recipe().normCap == 1.9365)
    #expect(try Self.recipe(["norm-cap": .int(0)]).normCap == nil)
  }

  @Test(arguments: published.keys.sorted())
  func everyValueMustBeGiven(_ name: String) {
    var reader = OptionReader(Self.published.filter { $0.key != name })
    let error = #expect(throws: OptionError.self) { try TrainingRecipe(&reader) }
    #expect(error?.message == "the option ‘\(name)’ is missing")
  }
}
