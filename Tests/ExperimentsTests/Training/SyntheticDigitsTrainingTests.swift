import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Measures
@testable import Stages

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
      Train.self, ToyDigits.softmaxOptions(epochs: 15).merging(["batch": .int(100)]) { $1 },
      inputs: ["data": [ToyDigits.input(Self.digits)]], workspace: Self.workspace)
    let errors = try Self.errors(output)
    #expect((20...120).contains(errors), "\(errors) of 1000 are wrong")
  }

  @Test func aMaxoutNetworkDoesNot() throws {
    let options = ToyDigits.maxoutOptions(epochs: 15).merging([
      "units": .int(60), "pieces": .int(5), "hidden-keep": .double(0.8),
      "learning-rate": .double(0.05), "batch": .int(25),
    ]) { $1 }
    let output = try ToyDigits.run(
      Train.self, options, inputs: ["data": [ToyDigits.input(Self.digits)]],
      workspace: Self.workspace)
    let errors = try Self.errors(output)
    #expect(errors < 20, "\(errors) of 1000 are wrong")
  }
}
