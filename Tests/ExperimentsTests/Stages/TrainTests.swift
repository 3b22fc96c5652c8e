import Kernels
import Testing

@testable import Contract
@testable import Measures
@testable import Stages
@testable import Training

@Suite struct TrainTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let answer: @Sendable () throws -> StageOutput
    let epochs: Int
    let classes: [Int]
    let validation: Int
    var testDescription: String { name }
  }

  static let cases = [
    Case(
      name: "softmax", answer: { try ToyDigits.softmax.get() }, epochs: 8, classes: Array(0..<10),
      validation: 200),
    Case(
      name: "logistic", answer: { try ToyDigits.logistic.get() }, epochs: 8, classes: [3, 7],
      validation: 40),
    Case(
      name: "maxout", answer: { try ToyDigits.maxout.get() }, epochs: 6, classes: Array(0..<10),
      validation: 200),
  ]

  @Test(arguments: cases)
  func theAnswerHoldsWeightsCurveAndPlot(_ trained: Case) throws {
    let output = try trained.answer()
    #expect(output.artifacts.keys.sorted() == ["curve", "plot", "weights"])
    let model = try output.classifier()
    #expect(model.classes == trained.classes)
    guard case .table(let table)? = output.artifacts["curve"],
      case .plot(let plot)? = output.artifacts["plot"]
    else {
      Issue.record("a training gives a table and a plot of its course")
      return
    }
    #expect(table.columns.map(\.name) == ["epoch", "validation_error", "training_loss"])
    #expect(table.rows.map { $0[0] } == (1...trained.epochs).map { .integer($0) })
    #expect(plot.series.map(\.points.count) == [trained.epochs])
    let losses = table.rows.compactMap { if case .number(let loss) = $0[2] { loss } else { nil } }
    #expect(losses.count == trained.epochs && losses[trained.epochs - 1] < losses[0])
  }

  /// The weights handed on are those of the epoch with the lowest validation error.
  @Test(arguments: cases)
  func theWeightsAreTheBestOnes(_ trained: Case) throws {
    let output = try trained.answer()
    let errors = try ToyDigits.validationErrors(output)
    let model = try output.classifier()
    let validation = Evaluator(
      ToyDigits.parts.validation, for: model.classes, in: ToyModels.workspace)
    #expect(validation.images.count == trained.validation)
    #expect(validation.evaluate(model).errors == errors.min())
  }

  @Test(arguments: cases)
  func theConditionsOfTheDataAreCarriedOn(_ trained: Case) throws {
    let conditions = try trained.answer().conditions
    #expect(conditions["data"] == "synthetic digits")
    #expect(conditions["train-images"] == "600")
    #expect(
      conditions["\(trained.name)/training"]
        == "\(trained.epochs) epochs on \(trained.classes.count == 2 ? 120 : 600) images")
    #expect(try !trained.answer().deviations.isEmpty)
  }

  @Test func twoDigitsMustDiffer() {
    var reader = OptionReader(
      ToyDigits.logisticOptions(epochs: 1).merging(["positive": .int(3)]) { $1 })
    let error = #expect(throws: OptionError.self) { try Train(options: &reader) }
    #expect(error?.path == ["positive"])
  }

  /// Stage 2 goes on from the best weights on all images, and its length stands in the conditions.
  @Test func stageTwoTrainsOnAllImages() throws {
    let one = try ToyDigits.maxout.get()
    let two = try ToyDigits.run(
      Train.self, ToyDigits.maxoutOptions(epochs: 6, continueEpochs: 1), name: "maxout",
      inputs: ["data": [ToyDigits.input]])
    #expect(two.conditions["maxout/training"] == "6 epochs on 600 images and 1 on 800")
    #expect(two.artifacts["curve"] == one.artifacts["curve"], "the first stage is the same")
    #expect(try two.classifier().weights.map(\.values.bits) == Self.continued(from: one))
    #expect(two.deviations.contains { $0.what.contains("losses that end the second stage") })
    #expect(!one.deviations.contains { $0.what.contains("losses that end the second stage") })
  }

  /// One epoch on all images with the rate and the momentum of the best epoch, as bits.
  private static func continued(from output: StageOutput) throws -> [[UInt32]] {
    var reader = OptionReader(ToyDigits.maxoutOptions(epochs: 6))
    let recipe = try TrainingRecipe(&reader)
    let (best, parts) = (try output.classifier(), ToyDigits.parts)
    let errors = try ToyDigits.validationErrors(output)
    let epoch = (errors.firstIndex(of: errors.min() ?? 0) ?? 0) + 1
    let trainer = Trainer(
      recipe, on: parts.train.followed(by: parts.validation),
      validation: Evaluator(parts.validation, for: best.classes, in: ToyModels.workspace),
      classes: best.classes,
      seed: Seed(4, stage: Train.kind).forked("stage 2"), workspace: ToyModels.workspace)
    var state = trainer.start(best)
    state.rate = recipe.learningRate(after: epoch * 12)
    try trainer.trainEpoch(&state, momentum: recipe.momentum(epoch: epoch))
    return state.classifier.weights.map(\.values.bits)
  }

  /// The loss on what was held out comes down once it is trained on, and then stage 2 ends.
  @Test func stageTwoEndsWhenTheHeldOutLossHasComeDown() throws {
    let output = try ToyDigits.run(
      Train.self, ToyDigits.maxoutOptions(epochs: 30, continueEpochs: 200), name: "maxout",
      inputs: ["data": [ToyDigits.input(ToyDigits.small)]])
    let first = try ToyDigits.run(
      Train.self, ToyDigits.maxoutOptions(epochs: 30),
      inputs: ["data": [ToyDigits.input(ToyDigits.small)]]
    ).classifier()
    let course = try #require(output.conditions["maxout/training"])
    let further = try #require(course.split(separator: " ").suffix(3).first.flatMap { Int($0) })
    #expect((1..<200).contains(further), "\(course)")
    let workspace = ToyModels.workspace
    let (train, held) = (
      Evaluator(ToyDigits.small.train, for: first.classes, in: workspace),
      Evaluator(ToyDigits.small.validation, for: first.classes, in: workspace)
    )
    let goal = train.meanLoss(first)
    #expect(held.meanLoss(first) > goal, "the case needs a stage 2")
    #expect(try held.meanLoss(output.classifier()) <= goal)
  }
}
