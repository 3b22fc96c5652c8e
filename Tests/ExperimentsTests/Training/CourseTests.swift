import Testing

@testable import Contract
@testable import Models
@testable import Stages
@testable import Training

/// `complete` makes numbers comparable with the paper's, so nothing less than each stage's own end may
/// earn it.
@Suite struct CourseTests {
  private static func course(
    settled: Bool = true, _ sequel: Course.Sequel = .none
  ) -> Course {
    var course = Course(
      epochs: 343, bestEpoch: 243, images: 50_000, heldOut: 10_000, hasSettled: settled)
    course.sequel = sequel
    return course
  }

  @Test func eachStageMustHaveEndedByItself() {
    #expect(Self.course().fact == "complete")
    #expect(Self.course(.retrained).fact == "complete")
    #expect(Self.course(.continued(epochs: 12, reachedGoal: true)).fact == "complete")
    #expect(Self.course(settled: false).fact == "343 epochs on 50000 images")
    #expect(
      Self.course(settled: false, .retrained).fact
        == "343 epochs on 50000 images, then 243 anew on 60000")
    #expect(
      Self.course(.continued(epochs: 100, reachedGoal: false)).fact
        == "343 epochs on 50000 images and 100 on 60000")
  }

  /// A patience of two ends a training by itself; the same training cut short is not complete.
  @Test(arguments: ["patience", "growing-patience"])
  func aBoundIsAnEndOnlyWhereItBelongsToTheRule(_ rule: String) throws {
    func fact(_ bound: Int, patience: Int) throws -> String? {
      try ToyDigits.run(
        Train.self,
        ToyDigits.softmaxOptions(epochs: bound, patience: patience)
          .merging(["stop": .string(rule)]) { $1 },
        name: "softmax", inputs: ["data": [ToyDigits.input(ToyDigits.small)]]
      ).conditions["softmax/training"]
    }
    #expect(try fact(200, patience: 2) == "complete")
    #expect(
      try fact(2, patience: 100)
        == (rule == "patience" ? "2 epochs on 120 images" : "complete"))
  }

  /// Every watch must have seen its own error settle: an error that still falls is not stuck.
  @Test(arguments: [([1, 2], true), ([1, 5], false), ([6, 6], false)])
  func allWatchesMustHaveSettled(_ epochs: [Int], _ isOver: Bool) throws {
    let recipe = TrainingRecipe(
      batch: 10, learningRate: 0.1, momentum: 0, epochs: 6, patience: 4)
    let model = try ToyModels.random("dense(4,2)", classes: 2)
    let state = Trainer.State(
      classifier: model, optimizer: recipe.optimizer(for: model.weights), rate: 0.1,
      bests: epochs.map { BestSoFar(epoch: $0, errors: 1, weights: model.weights) },
      curve: (1...6).map { Trainer.Epoch(number: $0, errors: [1, 1], loss: 1) })
    #expect(recipe.isOver(state) == isOver)
  }
}
