import Foundation
import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Datasets
@testable import Measures

@Suite struct EvaluatorTests {
  static let workspace = ToyModels.workspace
  static let seed = Seed(1, stage: "evaluator")

  @Test func aModelOfTwoClassesIsJudgedOnThemAlone() {
    let digits = ToyDigits.parts.test
    let test = Evaluator(digits, for: [3, 7], in: Self.workspace)
    let wanted = digits.labels.indices.filter { [3, 7].contains(digits.labels[$0]) }
    #expect(test.images.count == wanted.count && wanted.count == 40)
    #expect(test.labels == wanted.map { digits.labels[$0] == 7 ? 1 : 0 })
    let pixels = test.pixels(0..<2).values
    #expect(
      pixels == digits.pixels(wanted[0]..<wanted[0] + 1) + digits.pixels(wanted[1]..<wanted[1] + 1))
  }

  @Test func theOrderOfTheClassesDecidesTheLabels() {
    let digits = ToyDigits.parts.test
    let (test, reversed) = (
      Evaluator(digits, for: [3, 7], in: Self.workspace),
      Evaluator(digits, for: [7, 3], in: Self.workspace)
    )
    #expect(reversed.labels == test.labels.map { 1 - $0 })
  }

  @Test func aModelOfAllClassesIsJudgedOnEverything() {
    let test = Evaluator(ToyDigits.parts.test, for: Array(0..<10), in: Self.workspace)
    #expect(test.labels == ToyDigits.parts.test.labels.map(Int.init))
  }

  @Test func theMeanLossIsThatOfTheNamedProbabilities() throws {
    let model = try ToyAttack.model("softmax")
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace, batch: 64)
    var total = 0.0
    let logits = model.logits(test.pixels(0..<200)).values
    for (i, label) in test.labels.enumerated() {
      let row = logits[i * 10..<(i + 1) * 10].map(Double.init)
      total += log(row.map { exp($0) }.reduce(0, +)) - row[label]
    }
    #expect(abs(test.meanLoss(model) - total / 200) < 1e-6)
  }

  @Test func progressReachesTheEnd() throws {
    let model = try ToyAttack.model("softmax")
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace, batch: 64)
    var seen: [Int] = []
    _ = test.evaluate(model) { seen.append($0) }
    #expect(seen == [64, 128, 192, 200])
  }

  /// One gradient for all sizes, and still the answers of each attack by itself.
  @Test func attacksThatShareAGradientGetTheAnswersOfEach() throws {
    let model = try ToyAttack.model("maxout")
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace, batch: 64)
    let steps = [0, 0.1, 0.25].map { FGSM(LInfBall(epsilon: $0, clips: $0 > 0.2)) }
    let turns = [1, 0.9].map { GradientRotation(Cone(cosine: $0)) }
    let alone = try steps.map { try test.attacked(model, by: $0, seed: Self.seed) }
    #expect(try test.attacked(model, byEach: steps) == alone)
    let turned = try turns.map { try test.attacked(model, by: $0, seed: Self.seed) }
    #expect(try test.attacked(model, byEach: turns) == turned)
    #expect(alone[0] == test.evaluate(model) && alone[1] != alone[0])
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func aProposalThatIsNotFiniteIsAFailureAndNotANumber(_ value: Float) throws {
    let model = try ToyAttack.model("softmax")
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let attack = ToyAttack(ball: LInfBall(epsilon: 0.1)) {
      var broken = $0
      broken.values[5] = value
      return broken
    }
    let failure = #expect(throws: StageFailure.self) {
      try test.attacked(model, by: attack, seed: Self.seed)
    }
    #expect(failure?.blame == .computation)
  }

  /// The gradient of such a model is not a number, whose sign is 0: the attack would stand still.
  @Test func aModelThatOverflowsIsAFailureAndNotRobust() {
    let model = ToyModels.softmax([[3e38, 3e38], [3e38, -3e38]], bias: [0, 0])
    let images = LabelledImages(
      images: [255, 255], labels: [0], height: 1, width: 2, classes: 2)
    let test = Evaluator(images, for: [0, 1], in: Self.workspace)
    let failure = #expect(throws: StageFailure.self) {
      try test.attacked(model, by: FGSM(LInfBall(epsilon: 0.1)), seed: Self.seed)
    }
    #expect(failure?.blame == .computation)
  }

  @Test func withoutImagesOfItsClassesAModelCannotBeJudged() throws {
    let model = try ToyAttack.model("logistic")
    let eight = ToyDigits.parts.test.subset(ToyDigits.parts.test.indices(ofClasses: [8]))
    let test = Evaluator(eight, for: model.classes, in: Self.workspace)
    let failure = #expect(throws: StageFailure.self) {
      try test.attacked(model, by: FGSM(LInfBall(epsilon: 0.1)), seed: Self.seed)
    }
    #expect(failure?.blame == .data)
  }
}
