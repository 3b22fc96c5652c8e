import Kernels
import Testing

@testable import Contract
@testable import Measures
@testable import Models
@testable import Training

@Suite struct LeNetTests {
  @Test func thePublishedNetworkHasItsSizes() {
    let architecture = LeNet.published.architecture(
      channels: 1, height: 28, width: 28, classes: 10)
    #expect(
      architecture.network.weightShapes == [
        [20, 1, 5, 5], [20], [50, 20, 5, 5], [50], [500, 800], [500], [10, 500], [10],
      ])
  }

  @Test func firstWeightsFollowTheFanInAndOutAndTheLastAreZero() {
    let architecture = LeNet.published.architecture(
      channels: 1, height: 28, width: 28, classes: 10)
    let weights = LeNet.published.initialWeights(
      architecture, seed: Seed(1, stage: "lenet"), in: ToyModels.workspace)
    // Theano's tutorial: √(6 / (1·25 + 20·25/4)), √(6 / (20·25 + 312)), √(6 / (800 + 500)).
    for (i, bound) in [(0, 0.2), (2, 0.0859603), (4, 0.0679366)] {
      let largest = Double(weights[i].values.map(abs).max() ?? 0)
      #expect(largest <= 1.00001 * bound && largest > 0.95 * bound)
    }
    for i in [1, 3, 5, 6, 7] { #expect(weights[i].values.allSatisfy { $0 == 0 }) }
  }

  @Test func patienceGrowsWithTheBestEpoch() throws {
    let fixed = TrainingRecipe(
      batch: 500, learningRate: 0.1, momentum: 0, epochs: 200, patience: 100)
    #expect(fixed.patience(after: 60) == 100)
    let recipe = try TrainingRecipeTests.recipe(["stop": .string("growing-patience")])
    // At least 100 epochs, and then until the length has doubled.
    #expect(recipe.patience(after: 30) == 70)
    #expect(recipe.patience(after: 60) == 60)
  }
}

@Suite struct CorrelationTests {
  @Test func straightLinesAndRanks() {
    #expect(abs((Correlation.pearson([1, 2, 3], [5, 7, 9]) ?? 0) - 1) < 1e-12)
    #expect(abs((Correlation.pearson([1, 2, 3], [3, 2, 1]) ?? 0) + 1) < 1e-12)
    #expect(Correlation.pearson([1, 2, 3], [4, 4, 4]) == nil)
    // SciPy: pearsonr and spearmanr of the same lists.
    let (x, y) = ([1.0, 2, 2, 4, 7, 11], [2.0, 1, 5, 4, 30, 6])
    #expect(abs((Correlation.pearson(x, y) ?? 0) - 0.4292875) < 1e-6)
    #expect(abs((Correlation.spearman(x, y) ?? 0) - 0.7537023) < 1e-6)
  }
}
