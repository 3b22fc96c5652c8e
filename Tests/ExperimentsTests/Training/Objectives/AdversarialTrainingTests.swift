import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Goodfellow2015
@testable import Measures
@testable import Stages

@Suite struct AdversarialTrainingTests {
  static func options(
    epochs: Int, continueEpochs: Int? = nil, retrain: Bool = false
  ) -> [String: Setting] {
    ToyDigits.maxoutOptions(epochs: epochs, continueEpochs: continueEpochs).merging([
      "objective": .string("adversarial"), "alpha": .double(0.5), "epsilon": .double(0.1),
      "perturbed-layer": .int(0), "one-mask": .bool(false),
      "watch": .list([.string("adversarial"), .string("clean")]),
    ]) { $1 }.merging(retrain ? ["sequel": .string("retrain")] : [:]) { $1 }
  }

  private static func run(
    _ options: [String: Setting], _ workspace: Workspace = ToyModels.workspace,
    checkpoint: Checkpoint = .none
  ) throws -> StageOutput {
    try ToyDigits.run(
      Train.self, options, name: "adversarial",
      inputs: ["data": [ToyDigits.input(ToyDigits.small)]], workspace: workspace,
      checkpoint: checkpoint)
  }

  /// Killed after k epochs, in whichever of its trainings that was, and resumed.
  @Test(arguments: 1...7, [false, true])
  func anInterruptionChangesNoBit(_ k: Int, _ retrains: Bool) throws {
    let options =
      retrains
      ? Self.options(epochs: 4, retrain: true) : Self.options(epochs: 4, continueEpochs: 2)
    let killed = Kept(atMost: k)
    let whole = try Self.run(options, checkpoint: killed.checkpoint)
    let later = Kept(killed.bundle)
    let resumed = try Self.run(options, Workspace(threads: 2), checkpoint: later.checkpoint)
    #expect(later.offered == max(0, killed.offered - k), "finished epochs are not trained again")
    let isSame = resumed == whole
    #expect(isSame, "interrupted after \(k) epochs it ends elsewhere")
  }

  /// The first attempt keeps the lowest clean error, the final procedure the lowest adversarial one.
  @Test func eachRuleKeepsItsOwnBestEpoch() throws {
    let output = try Self.run(Self.options(epochs: 12))
    guard case .table(let curve)? = output.artifacts["curve"] else {
      Issue.record("there is no curve")
      return
    }
    #expect(
      curve.columns.map(\.name)
        == ["epoch", "adversarial_validation_error", "validation_error", "training_loss"])
    let validation = Evaluator(
      ToyDigits.small.validation, for: Array(0..<10), in: ToyModels.workspace)
    let errors = { (column: Int) in
      curve.rows.compactMap { if case .proportion(let hits, _) = $0[column] { hits } else { nil } }
    }
    let final = try output.classifier()
    let attacked = try validation.attacked(
      final, by: FGSM(LInfBall(epsilon: 0.1)), seed: Seed(4, stage: Train.kind))
    #expect(attacked.errors == errors(1).min())
    let first = try FirstStopTests.firstStop(of: output).classifier()
    #expect(validation.evaluate(first).errors == errors(2).min())
  }

  @Test func theCourseStandsInTheConditions() throws {
    let plain = try Self.run(Self.options(epochs: 3)).conditions
    #expect(plain["adversarial/training"] == "3 epochs on 120 images")
    #expect(plain["adversarial/epochs"] == "3")
    let retrained = try Self.run(Self.options(epochs: 3, retrain: true)).conditions
    #expect(retrained["adversarial/training"]?.hasSuffix("anew on 180") == true)
  }

  @Test(arguments: [
    ("alpha", Setting.double(-0.1)), ("alpha", .double(1.5)), ("epsilon", .double(-0.25)),
    ("epsilon", .string("large")), ("perturbed-layer", .int(3)), ("one-mask", .int(1)),
  ])
  func badOptionsAreErrorsWithAPlace(_ name: String, _ value: Setting) {
    var reader = OptionReader(Self.options(epochs: 1).merging([name: value]) { $1 })
    let error = #expect(throws: OptionError.self) { try Train(options: &reader) }
    #expect(error?.path == [name])
  }

  @Test(arguments: 1...2)
  func hiddenLayersCanBePerturbed(_ layer: Int) throws {
    let options = Self.options(epochs: 2).merging(["perturbed-layer": .int(layer)]) { $1 }
    let (hidden, input) = (try Self.run(options), try Self.run(Self.options(epochs: 2)))
    let weights = (try hidden.classifier().weights, try input.classifier().weights)
    #expect(weights.0[0].values != weights.1[0].values)
    #expect(hidden.conditions["adversarial/training"] == "2 epochs on 120 images")
  }
}

@Suite struct FirstStopTests {
  static func firstStop(of output: StageOutput) throws -> StageOutput {
    try ToyDigits.run(
      FirstStop.self, [:], name: "first",
      inputs: ["training": [StageInput(stage: "adversarial", output: output)]])
  }

  @Test func itHandsOnTheOtherWeightsAndTheirCourse() throws {
    let weights = TensorBundle(
      ["layers.0.weight": NumericArray(shape: [1], .float32([1]))], metadata: [:])
    let output = StageOutput(
      artifacts: ["other-weights": .tensors(weights)],
      conditions: ["adversarial/other-training": "complete", "data": "mnist"])
    let first = try Self.firstStop(of: output)
    #expect(first.artifacts == ["weights": .tensors(weights)])
    #expect(first.conditions["first/training"] == "complete")
    #expect(first.conditions["data"] == "mnist")
  }
}
