import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Measures
@testable import Stages
@testable import Training

/// Whole small training runs: the same bits however they are computed.
@Suite struct TrainerTests {
  /// A kind of training, by name, and what the shortest run of it takes.
  enum Kind: String, CaseIterable, Sendable {
    case softmax, logistic, maxout

    func run(
      epochs: Int, _ workspace: Workspace = ToyModels.workspace, checkpoint: Checkpoint = .none
    ) throws -> StageOutput {
      let inputs = ["data": [ToyDigits.input(ToyDigits.small)]]
      switch self {
      case .softmax:
        return try ToyDigits.run(
          Train.self, ToyDigits.softmaxOptions(epochs: epochs), inputs: inputs,
          workspace: workspace, checkpoint: checkpoint)
      case .logistic:
        return try ToyDigits.run(
          Train.self, ToyDigits.logisticOptions(epochs: epochs),
          inputs: inputs, workspace: workspace, checkpoint: checkpoint)
      case .maxout:
        return try ToyDigits.run(
          Train.self, ToyDigits.maxoutOptions(epochs: epochs, continueEpochs: 2),
          inputs: inputs, workspace: workspace, checkpoint: checkpoint)
      }
    }
  }

  @Test(arguments: Kind.allCases, Arrangement.all(threads: [1, 2, 3]))
  func aTrainingGivesTheSameBitsEverywhere(_ kind: Kind, _ arrangement: Arrangement) throws {
    let isSame = try kind.run(epochs: 3, arrangement.workspace) == kind.run(epochs: 3)
    #expect(isSame, "\(kind) on \(arrangement) differs from \(ToyModels.workspace.simd) alone")
  }

  /// Goes on from what a process that was killed after `k` epochs had left; the maxout network has
  /// two more in its second stage.
  @Test(arguments: Kind.allCases, 1...7)
  func anInterruptedTrainingGivesTheSameBits(_ kind: Kind, _ k: Int) throws {
    let killed = Kept(atMost: k)
    let whole = try kind.run(epochs: 5, checkpoint: killed.checkpoint)
    let later = Kept(killed.bundle)
    let resumed = try kind.run(epochs: 5, Workspace(threads: 2), checkpoint: later.checkpoint)
    #expect(
      later.offered == max(0, killed.offered - k), "the first \(k) epochs must not be trained again"
    )
    let isSame = resumed == whole
    #expect(isSame, "\(kind) interrupted after \(k) epochs ends elsewhere")
  }

  @Test func aCheckpointOfAnotherTrainingIsLeftAlone() throws {
    let kept = Kept()
    _ = try Kind.logistic.run(epochs: 3, checkpoint: kept.checkpoint)
    let isSame =
      try Kind.softmax.run(epochs: 3, checkpoint: kept.checkpoint) == Kind.softmax.run(epochs: 3)
    #expect(isSame)
  }

  @Test func anotherSeedIsAnotherTraining() throws {
    func weights(_ seed: UInt64) throws -> [Tensor] {
      var reader = OptionReader(ToyDigits.maxoutOptions(epochs: 1))
      let stage = try Train(options: &reader)
      return try stage.run(
        StageContext(
          name: "maxout", inputs: ["data": [ToyDigits.input(ToyDigits.small)]],
          seed: Seed(seed, stage: "maxout"), workspace: ToyModels.workspace)
      ).classifier().weights
    }
    let (one, other, again) = try (weights(1), weights(2), weights(1))
    #expect(one.map(\.values.bits) == again.map(\.values.bits))
    #expect(one[0].values != other[0].values)
  }

  /// The loss overflows in a later step, or the weights in the last, after which there is no loss.
  @Test(arguments: [(1e30, 3), (1e60, 1)])
  func aTrainingThatDivergesIsAFailureAndNotANumber(_ rate: Double, _ steps: Int) throws {
    let images = ToyDigits.small.train.subset(0..<20 * steps)
    let workspace = ToyModels.workspace
    var reader = OptionReader(
      ToyDigits.recipe(epochs: 2).merging(["batch": .int(20), "learning-rate": .int(100)]) { $1 })
    let recipe = try TrainingRecipe(&reader)
    let model = try ToyModels.random("dense(784,30) relu dense(30,10)")
    let trainer = Trainer(
      recipe, on: images,
      validation: Evaluator(ToyDigits.small.validation, for: model.classes, in: workspace),
      classes: model.classes, seed: Seed(1, stage: "diverging"), workspace: workspace)
    var state = trainer.start(model)
    state.rate = rate
    let failure = #expect(throws: StageFailure.self) {
      try trainer.trainEpoch(&state, momentum: 0.5)
    }
    #expect(failure?.blame == .computation)
    #expect(failure?.description.contains("learning-rate") == true)
  }

  @Test func theNormCapHoldsForEveryUnit() throws {
    let options = ToyDigits.maxoutOptions(epochs: 3)
      .merging(["norm-cap": .double(0.5), "initial-range": .double(0.2)]) { $1 }
    let model = try ToyDigits.run(
      Train.self, options, inputs: ["data": [ToyDigits.input(ToyDigits.small)]]
    ).classifier()
    for weight in model.weights where weight.shape.count == 2 {
      let norms = weight.rowSumsOfSquares().map { $0.squareRoot() }
      #expect(norms.allSatisfy { $0 <= 0.5 * (1 + 1e-6) }, "the longest is \(norms.max() ?? 0)")
    }
    #expect(model.weights[0].rowSumsOfSquares().contains { $0 > 0.2499 }, "the cap never acted")
  }

  @Test(arguments: ["train", "validation"])
  func withoutImagesThereIsNoTraining(_ part: String) throws {
    let (small, none) = (ToyDigits.small, ToyDigits.small.train.subset(0..<0))
    let digits = DigitImages(
      name: "few", train: part == "train" ? none : small.train,
      validation: part == "validation" ? none : small.validation, test: small.test)
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        Train.self, ToyDigits.softmaxOptions(epochs: 1),
        inputs: ["data": [ToyDigits.input(digits)]])
    }
    #expect(failure?.blame == .data)
  }
}
