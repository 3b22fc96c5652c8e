import Kernels
import Testing

@testable import Attacks
@testable import Datasets
@testable import Measures
@testable import Models

/// What an attack made of images, as the judge sees it.
@Suite struct CraftedImagesTests {
  @Test func `images that the goal does not apply to stay as they are`() throws {
    let model = try ToyDigits.softmax.get().classifier()
    let workspace = Workspace(threads: 1)
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: workspace)
    let crafted = try test.craftedImages(
      against: model, by: BIM(LInfBall(epsilon: 0.3, clips: true), steps: 5, stepSize: 0.1),
      criterion: SourceTarget(from: 3, to: 7), seed: Seed(1, stage: "crafted"),
      keeping: test.labels.count)
    let threes = test.labels.indices.filter { test.labels[$0] == 3 }
    let others = test.labels.indices.filter { test.labels[$0] != 3 }
    try #require(threes.count > 2 && others.count > 20)
    #expect(threes.allSatisfy { crafted.distances[$0].linf > 0 && crafted.isMet[$0] != nil })
    #expect(others.allSatisfy { crafted.distances[$0].linf == 0 && crafted.isMet[$0] == nil })
    for i in others { #expect(crafted.attacked.answers[i] == crafted.clean.answers[i]) }
    #expect(crafted.successes.total == threes.count)
  }
}
