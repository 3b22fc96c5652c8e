import Kernels
import Testing

@testable import Contract
@testable import Stages
@testable import Training

@Suite struct EarlyStoppingTests {
  /// Feeds validation errors epoch by epoch; the weights say which epoch they are from.
  private static func best(of errors: [Int]) -> BestSoFar {
    var best = BestSoFar()
    for (i, count) in errors.enumerated() {
      best.consider(
        epoch: i + 1, errors: count, weights: [ToyModels.workspace.tensor([1], [Float(i + 1)])])
    }
    return best
  }

  @Test(arguments: [
    ([9], 1), ([9, 5, 7], 2), ([9, 5, 5, 5], 2), ([9, 8, 7], 3), ([0, 0], 1),
    ([5, 6, 4, 4, 3, 9], 5),
  ])
  func theFirstOfTheLowestErrorsWins(_ errors: [Int], _ epoch: Int) {
    let best = Self.best(of: errors)
    #expect(best.epoch == epoch)
    #expect(best.errors == errors.min())
    #expect(best.weights.map(\.values) == [[Float(epoch)]])
  }

  @Test func beforeTheFirstEpochThereIsNoBest() {
    #expect(BestSoFar().epoch == 0 && BestSoFar().weights.isEmpty)
  }

  /// The run ends `patience` epochs after its best one, or at its bound.
  @Test(arguments: [1, 3, 5])
  func trainingEndsWhenPatienceDoes(_ patience: Int) throws {
    let output = try ToyDigits.run(
      Train.self, ToyDigits.softmaxOptions(epochs: 60, patience: patience),
      inputs: ["data": [ToyDigits.input(ToyDigits.small)]])
    let errors = try ToyDigits.validationErrors(output)
    let best = (errors.firstIndex(of: errors.min() ?? 0) ?? 0) + 1
    #expect(errors.count == best + patience && errors.count < 60, "errors: \(errors)")
    // And never before: at every earlier epoch the best was nearer than that.
    for epoch in 1..<errors.count {
      let seen = errors.prefix(epoch)
      let bestThen = (seen.firstIndex(of: seen.min() ?? 0) ?? 0) + 1
      #expect(epoch - bestThen < patience)
    }
  }

  @Test func theBoundOnEpochsHolds() throws {
    let output = try ToyDigits.run(
      Train.self, ToyDigits.softmaxOptions(epochs: 2),
      inputs: ["data": [ToyDigits.input(ToyDigits.small)]])
    #expect(try ToyDigits.validationErrors(output).count == 2)
  }
}
