import Testing

@testable import Contract
@testable import Goodfellow2015
@testable import Models

@Suite struct MemberTrainingTests {
  private static func member(
    complete: Bool = false, network: Bool = true, epoch: Int
  ) -> MemberTraining {
    MemberTraining(isComplete: complete, isPaperNetwork: network, keptEpoch: epoch)
  }

  @Test func aMemberSettlesByTheRecipeOrByFiftyEpochs() {
    #expect(Self.member(complete: true, epoch: 3).isSettled)
    #expect(Self.member(epoch: 50).isSettled)
    #expect(!Self.member(epoch: 49).isSettled)
    #expect(!Self.member(network: false, epoch: 200).isSettled)
  }

  @Test func allMustBeSettled() {
    let (early, late) = (Self.member(epoch: 12), Self.member(epoch: 60))
    #expect(
      MemberTraining.condition([late, Self.member(complete: true, epoch: 243)]) == "settled")
    #expect(MemberTraining.condition([late, early, late]) == "weights of epoch 12 to 60")
    #expect(MemberTraining.condition([early, early]) == "weights of epoch 12")
    #expect(
      MemberTraining.condition([late, Self.member(network: false, epoch: 60)])
        == "weights of epoch 60, not the network or the images of the recipe")
  }

  /// What a stage hands on decides, not what it is called.
  @Test(arguments: [(49, false), (50, true)])
  func theEpochIsThatOfTheLowestErrorInTheCurve(_ best: Int, _ isSettled: Bool) throws {
    var output = try ToyDigits.maxout.get()
    output.conditions["train-images"] = "50000"
    output.artifacts["curve"] = .table(
      Table(
        caption: "", columns: [Table.Column("epoch", ""), Table.Column("validation_error", "")],
        rows: (1...70).map { epoch in
          [
            .integer(epoch),
            .proportion(hits: epoch < best ? 9 : epoch == best ? 7 : 8, total: 200),
          ]
        }))
    let architecture = MaxoutNetwork(
      pixels: 784, units: 240, pieces: 5, inputKeep: 0.8, hiddenKeep: 0.5
    ).architecture(classes: 10)
    let network = try ToyModels.random(architecture.text)
    let training = try MemberTraining(StageInput(stage: "maxout@3", output: output), network)
    #expect(training.keptEpoch == best && training.isSettled == isSettled)
    // Another network, fewer images.
    let small = try MemberTraining(
      StageInput(stage: "maxout@3", output: output), output.classifier())
    #expect(!small.isSettled)
    output.conditions["train-images"] = "49999"
    #expect(
      try !MemberTraining(StageInput(stage: "maxout@3", output: output), network).isSettled)
    // A training that came to its end on other images than the paper's is none of its members.
    output.conditions["maxout/training"] = "complete"
    #expect(try !MemberTraining(StageInput(stage: "maxout@3", output: output), network).isSettled)
    output.conditions["train-images"] = "50000"
    #expect(try MemberTraining(StageInput(stage: "maxout@3", output: output), network).isSettled)
  }

  @Test func withoutACurveNobodyKnows() throws {
    var output = try ToyDigits.maxout.get()
    output.artifacts["curve"] = nil
    let failure = #expect(throws: StageFailure.self) {
      try MemberTraining(StageInput(stage: "maxout", output: output), output.classifier())
    }
    #expect(failure?.blame == .data)
  }
}
