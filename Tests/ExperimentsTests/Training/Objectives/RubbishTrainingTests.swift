import Kernels
import Testing

@testable import Contract
@testable import Goodfellow2015
@testable import Measures
@testable import Stages

@Suite struct RubbishTrainingTests {
  /// The share of rubbish in which a model sees something.
  private static func mistakes(_ output: StageOutput) throws -> Int {
    let table = try ToyDigits.run(
      RubbishTable.self, ["samples": .int(500), "threshold": .double(0.5)],
      inputs: [
        "data": [ToyDigits.input], "models": [StageInput(stage: "maxout", output: output)],
      ]
    ).table("rubbish")
    guard case .proportion(let hits, _) = table.rows[0][2] else { return -1 }
    return hits
  }

  @Test(arguments: ["softmax", "independent-sigmoids"])
  func rubbishIsUnlearnt(_ head: String) throws {
    let options = ToyDigits.maxoutOptions(epochs: 40).merging(["head": .string(head)]) { $1 }
    let inputs = ["data": [ToyDigits.input]]
    let plain = try ToyDigits.run(Train.self, options, name: "plain", inputs: inputs)
    let trained = try ToyDigits.run(
      Train.self, options.merging(["objective": .string("rubbish")]) { $1 }, name: "rubbish",
      inputs: inputs)
    let (before, after) = try (Self.mistakes(plain), Self.mistakes(trained))
    #expect(before > 100, "the case needs a network that sees something in rubbish")
    #expect(after == 0, "\(after) of 500 after \(before)")
    let test = Evaluator(ToyDigits.parts.test, for: Array(0..<10), in: ToyModels.workspace)
    #expect(try test.evaluate(trained.classifier()).errors < 100, "digits are still told apart")
    #expect(trained.deviations.contains { $0.what.hasPrefix("training on rubbish") })
    #expect(trained.conditions["rubbish/training"] != nil)
  }

  @Test func badOptionsHaveAPlace() {
    let options = ToyDigits.maxoutOptions(epochs: 2).merging(["objective": .string("rubbish")]) {
      $1
    }
    #expect(optionError(Train.self, options) == nil)
    for (name, value) in [("head", Setting.string("tanh")), ("units", .int(0))] {
      #expect(
        optionError(Train.self, options.merging([name: value]) { $1 })?.path == [name])
    }
  }
}

@Suite struct SigmoidTrainingTests {
  @Test func itsTenProbabilitiesAreIndependent() throws {
    let output = try ToyDigits.run(
      Train.self,
      ToyDigits.maxoutOptions(epochs: 2).merging(["head": .string("independent-sigmoids")]) { $1 },
      name: "sigmoids",
      inputs: ["data": [ToyDigits.input(ToyDigits.small)]])
    let model = try output.classifier()
    #expect(model.head == .independentSigmoids && model.classes.count == 10)
    #expect(output.conditions["sigmoids/training"] == "2 epochs on 120 images")
    #expect(output.deviations.contains { $0.what.contains("independent sigmoids") })
  }
}
