import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Goodfellow2015
@testable import Measures

/// What synthetic digits are drawn for: hard for a linear model, easy for a maxout network.
@Suite struct SyntheticDigitsTrainingTests {
  static let digits = SyntheticDigits.parts(
    train: 6000, validation: 1000, test: 1000, seed: Seed(20_141_220, stage: "digits"))
  static let workspace = Workspace(threads: 2)

  private static func errors(_ output: StageOutput) throws -> Int {
    let model = try output.classifier(in: workspace)
    return Evaluator(digits.test, for: model.classes, in: workspace).evaluate(model).errors
  }

  @Test func aLinearModelErrs() throws {
    let output = try ToyDigits.run(
      SoftmaxTraining.self,
      ToyDigits.recipe(epochs: 15).merging(["batch": .int(100)]) { $1 },
      inputs: ["data": [ToyDigits.input(Self.digits)]], workspace: Self.workspace)
    let errors = try Self.errors(output)
    #expect((20...120).contains(errors), "\(errors) of 1000 are wrong")
  }

  @Test func aMaxoutNetworkDoesNot() throws {
    let options = ToyDigits.recipe(epochs: 15, learningRate: 0.05, cap: 1.9365).merging([
      "units": .int(60), "pieces": .int(5), "input-keep": .double(0.8),
      "hidden-keep": .double(0.8), "initial-range": .double(0.05), "continue-epochs": .int(0),
      "batch": .int(25),
    ]) { $1 }
    let output = try ToyDigits.run(
      MaxoutTraining.self, options, inputs: ["data": [ToyDigits.input(Self.digits)]],
      workspace: Self.workspace)
    let errors = try Self.errors(output)
    #expect(errors < 20, "\(errors) of 1000 are wrong")
  }
}
