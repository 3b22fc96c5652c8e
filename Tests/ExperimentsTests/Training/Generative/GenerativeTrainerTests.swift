import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Kos2017
@testable import Models
@testable import Training

@Suite struct GenerativeTrainerTests {
  static let options: [String: Setting] = [
    "network": .string("dense"), "hidden": .int(20), "latent": .int(4), "batch": .int(30),
    "learning-rate": .double(0.005), "first-decay": .double(0.9), "epochs": .int(4),
    "train-images": .int(120), "likelihood": .string("bernoulli"), "divergence-weight": .int(1),
  ]
  static let ganOptions = options.filter { !["likelihood", "divergence-weight"].contains($0.key) }
    .merging([
      "epochs": .int(8), "first-decay": .double(0.5), "feature-weight": .int(1),
      "pixel-weight": .int(1), "deception-weight": .double(0.1),
      "discriminator-floor": .double(1.2),
    ]) { $1 }

  static func run<Kind: Stage>(
    _ kind: Kind.Type, _ options: [String: Setting],
    workspace: Workspace = ToyModels.workspace, checkpoint: Checkpoint = .none
  ) throws -> StageOutput {
    try ToyDigits.run(
      kind, options, inputs: ["data": [ToyDigits.input(ToyDigits.small)]], workspace: workspace,
      checkpoint: checkpoint)
  }

  private func losses(_ output: StageOutput) -> [Double] {
    guard case .table(let table)? = output.artifacts["curve"] else { return [] }
    return table.rows.compactMap { if case .number(let value) = $0[1] { value } else { nil } }
  }

  @Test func trainingLowersTheBoundAndGivesPictures() throws {
    let output = try Self.run(VAETraining.self, Self.options)
    let course = losses(output)
    #expect(course.count == 4)
    #expect(course[3] < course[0] * 0.8)
    for name in ["samples", "reconstructions", "interpolations"] {
      guard case .images(let grid)? = output.artifacts[name] else {
        Issue.record("there is no picture ‘\(name)’")
        continue
      }
      #expect(grid.height == 28 && grid.columns == 10)
    }
    let model = try StageInput(stage: "m", output: output).autoencoder(in: ToyModels.workspace)
    #expect(model.latent == 4)
    #expect(output.conditions["train-vae/model"] == "vae")
  }

  @Test func aVAEGANTrainsOnToyDigits() throws {
    let output = try Self.run(VAEGANTraining.self, Self.ganOptions)
    #expect(losses(output).allSatisfy { $0 > 0 })
    #expect(try output.tensors("weights").metadata["model"] == "vae-gan")
  }

  @Test func anInterruptedTrainingGivesTheSameBits() throws {
    let kept = Kept(atMost: 2)
    let whole = try Self.run(VAETraining.self, Self.options, checkpoint: kept.checkpoint)
    #expect(kept.offered == 4)
    let resumed = Kept(kept.bundle)
    #expect(try Self.run(VAETraining.self, Self.options, checkpoint: resumed.checkpoint) == whole)
    #expect(resumed.offered == 2, "two epochs were left")
    let gan = Kept(atMost: 1)
    let adversarial = try Self.run(
      VAEGANTraining.self, Self.ganOptions, checkpoint: gan.checkpoint)
    #expect(
      try Self.run(
        VAEGANTraining.self, Self.ganOptions, checkpoint: Kept(gan.bundle).checkpoint)
        == adversarial)
  }

  @Test func aCheckpointThatDoesNotFitIsPassedOver() throws {
    let whole = try Self.run(VAETraining.self, Self.options)
    let alien = Kept(TensorBundle([:], metadata: ["steps": "3", "curve": "1 2"]))
    #expect(try Self.run(VAETraining.self, Self.options, checkpoint: alien.checkpoint) == whole)
  }

  @Test func noNumberDependsOnThreadsOrInstructions() throws {
    let (options, gan) = (Self.options, Self.ganOptions)
    let (vae, adversarial) = (
      try Self.run(VAETraining.self, options), try Self.run(VAEGANTraining.self, gan)
    )
    for arrangement in Arrangement.all(threads: [2]) {
      let workspace = arrangement.workspace
      #expect(try Self.run(VAETraining.self, options, workspace: workspace) == vae)
      #expect(try Self.run(VAEGANTraining.self, gan, workspace: workspace) == adversarial)
    }
  }

  private func failure(_ change: [String: Setting]) -> String {
    let error = #expect(throws: StageFailure.self) {
      try Self.run(VAETraining.self, Self.options.merging(change) { $1 })
    }
    return error.map { "\($0)" } ?? ""
  }

  @Test func lossesThatAreNoNumbersFailTheStage() throws {
    let weights = [[ToyModels.workspace.tensor([2], [1, .nan])]]
    let wrong = #expect(throws: StageFailure.self) {
      try GenerativeHealth.requireFinite([1, 2], weights, epoch: 3)
    }
    #expect(wrong?.description.contains("no longer a finite number in epoch 3") == true)
    #expect(throws: StageFailure.self) {
      try GenerativeHealth.requireFinite([1, .infinity], [], epoch: 3)
    }
    try GenerativeHealth.requireFinite([1, 2], [[ToyModels.workspace.tensor([2])]], epoch: 3)
  }

  @Test func aDivergenceThatRunsAwayFailsTheStage() throws {
    #expect(failure(["learning-rate": .int(1000)]).contains("exploded"))
    try GenerativeHealth.requireBounded(divergence: 50, epoch: 3)
  }

  @Test func codesThatSayNothingFailTheStage() {
    #expect(
      failure(["divergence-weight": .int(1000), "epochs": .int(12)]).contains("collapsed"))
  }

  @Test func aModelThatDrawsOnePictureFailsTheStage() throws {
    let model = ToyAutoencoders.model()
    let dull = Autoencoder(
      encoder: model.encoder, decoder: model.decoder.with(model.decoder.weights.map { $0 * 0 }),
      likelihood: .bernoulli)
    let images = ToyAutoencoders.pixels(40)
    let error = #expect(throws: StageFailure.self) {
      try GenerativeHealth.requireVariety(
        dull, like: images, divergence: 10, seed: Seed(1, stage: "s"))
    }
    #expect(error?.description.contains("few modes") == true)
    let lively = Autoencoder(
      encoder: model.encoder, decoder: model.decoder.with(model.decoder.weights.map { $0 * 5 }),
      likelihood: .bernoulli)
    #expect(throws: Never.self) {
      try GenerativeHealth.requireVariety(
        lively, like: images, divergence: 10, seed: Seed(1, stage: "s"))
    }
  }

  @Test func aDataSetWithoutPicturesToShowIsRefused() {
    let digits = DigitImages(
      name: "few", train: ToyDigits.small.train, validation: ToyDigits.small.validation,
      test: ToyDigits.small.test.subset(0..<1))
    #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        VAETraining.self, Self.options, inputs: ["data": [ToyDigits.input(digits)]])
    }
  }
}

extension StageOutput {
  /// The arrays of that name.
  fileprivate func tensors(_ name: String) throws -> TensorBundle {
    try StageInput(stage: "toy", output: self).tensors(name)
  }
}
