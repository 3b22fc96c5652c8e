import Kernels
import Testing

@testable import Contract
@testable import Goodfellow2015
@testable import Training

/// `maxout/training: published recipe` makes numbers comparable with the paper's, so nothing less
/// than the whole recipe may earn it.
@Suite struct PublishedRecipeTests {
  static let options: [String: Setting] = TrainingRecipeTests.published.merging([
    "units": .int(240), "pieces": .int(5), "input-keep": .double(0.8), "hidden-keep": .double(0.5),
    "initial-range": .double(0.005),
  ]) { $1 }
  static let course = MaxoutCourse(
    epochs: 343, bestEpoch: 243, images: 50_000, heldOut: 10_000,
    sequel: .continued(epochs: 12, reachedGoal: true))

  private static func isPublished(
    _ changes: [String: Setting] = [:], course: MaxoutCourse = course
  ) throws -> Bool {
    var reader = OptionReader(options.merging(changes) { $1 })
    let recipe = try MaxoutRecipe(&reader)
    return recipe.isPublished && course.isComplete(patience: recipe.training.patience)
  }

  @Test func theWholeRecipeIsPublished() throws {
    #expect(try Self.isPublished())
    #expect(Self.course.text == "343 epochs on 50000 images and 12 on 60000")
  }

  /// The paper's two widths are told apart, so that neither passes for the other.
  @Test(arguments: [(240, "published recipe"), (1600, "published recipe with 1600 units")])
  func theWidthStandsInTheCondition(_ units: Int, _ words: String) throws {
    var reader = OptionReader(Self.options.merging(["units": .int(units)]) { $1 })
    let context = StageContext(
      name: "maxout", inputs: ["data": [ToyDigits.input(ToyDigits.small)]],
      seed: Seed(1, stage: "maxout"), workspace: ToyModels.workspace)
    let desk = try TrainingDesk(context)
    let stages = MaxoutStages(
      recipe: try MaxoutRecipe(&reader), objective: CleanObjective(), desk: desk, context: context)
    let classifier = try ToyModels.random("dense(784,10)")
    let trained = MaxoutStages.Trained(
      classifier: classifier, course: Self.course, finished: [:])
    #expect(stages.course(trained) == words)
  }

  /// A bound that the stopping rules stayed below is without influence.
  @Test func boundsThatWereNotReachedDoNotMatter() throws {
    #expect(try Self.isPublished(["maximum-epochs": .int(400)]))
  }

  @Test(arguments: [
    ("units", Setting.int(239)), ("units", .int(2000)), ("pieces", .int(4)),
    ("input-keep", .int(1)),
    ("hidden-keep", .double(0.6)), ("initial-range", .double(0.05)), ("batch", .int(128)),
    ("learning-rate", .double(0.05)), ("learning-rate-divisor", .int(1)),
    ("first-momentum", .double(0.6)), ("last-momentum", .double(0.9)),
    ("momentum-epochs", .int(100)), ("norm-cap", .int(0)), ("norm-cap", .double(2)),
    ("patience", .int(99)),
  ])
  func anyOtherValueIsNot(_ name: String, _ value: Setting) throws {
    #expect(Self.options[name] != nil && Self.options[name] != value)
    #expect(try !Self.isPublished([name: value]))
  }

  @Test(arguments: [
    MaxoutCourse(
      epochs: 342, bestEpoch: 243, images: 50_000, heldOut: 10_000,
      sequel: .continued(epochs: 12, reachedGoal: true)),
    MaxoutCourse(
      epochs: 342, bestEpoch: 243, images: 50_000, heldOut: 10_000, sequel: .retrained),
    MaxoutCourse(
      epochs: 343, bestEpoch: 243, images: 50_000, heldOut: 10_000,
      sequel: .continued(epochs: 100, reachedGoal: false)),
    MaxoutCourse(epochs: 343, bestEpoch: 243, images: 50_000, heldOut: 10_000),
    MaxoutCourse(
      epochs: 343, bestEpoch: 243, images: 49_999, heldOut: 10_000,
      sequel: .continued(epochs: 12, reachedGoal: true)),
    MaxoutCourse(
      epochs: 343, bestEpoch: 243, images: 50_000, heldOut: 5000, sequel: .retrained),
  ])
  func anyOtherCourseIsNot(_ course: MaxoutCourse) throws {
    #expect(try !Self.isPublished(course: course))
  }
}
