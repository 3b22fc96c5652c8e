import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Datasets
@testable import Measures
@testable import Models
@testable import Stages
@testable import Training

@Suite struct RBFNetworkTests {
  static let output = Result {
    try ToyDigits.run(
      Train.self, ToyDigits.training("rbf", ToyDigits.recipe(epochs: 6)),
      inputs: ["data": [ToyDigits.input]])
  }

  @Test func theAnswerIsABetterClassifierThanItsStart() throws {
    let output = try Self.output.get()
    #expect(output.artifacts.keys.sorted() == ["curve", "plot", "weights"])
    let model = try output.classifier()
    #expect(model.architecture.text == "radial(784,10)" && model.head == .exponential)
    let validation = Evaluator(
      ToyDigits.parts.validation, for: model.classes, in: ToyModels.workspace)
    let start = try validation.evaluate(Self.start(ToyDigits.parts)).errors
    let errors = try ToyDigits.validationErrors(output)
    #expect(errors.count == 6)
    #expect(validation.evaluate(model).errors == errors.min())
    #expect((errors.min() ?? 200) < start, "\(errors) after \(start)")
    #expect(output.deviations.contains { $0.what.contains("one unit a class") })
  }

  private static func start(_ digits: DigitImages) throws -> Classifier {
    try RBFNetwork().start(
      on: digits.train, classes: Array(0..<digits.train.classes), seed: Seed(1, stage: "rbf"),
      in: ToyModels.workspace)
  }

  /// Four images of two pixels: the centres are their means, and the mean squared distances 1/4 and
  /// 1/2 become 1.
  @Test func theStartIsTheMeanImagesAtAMeanDistanceOfOne() throws {
    let images = LabelledImages(
      images: [0, 255, 255, 255, 0, 0, 255, 255], labels: [0, 0, 1, 1], height: 1, width: 2,
      classes: 2)
    let model = try Self.start(
      DigitImages(name: "four", train: images, validation: images, test: images))
    #expect(model.weights[1].values == [0.5, 1, 0.5, 0.5])
    let (one, other) = (Float(2), Float(2).squareRoot())
    for (scale, expected) in zip(model.weights[0].values, [one, one, other, other]) {
      #expect(abs(scale - expected) < 1e-6)
    }
    let z = model.logits(ToyModels.workspace.tensor([4, 2], images.pixels(0..<4))).values
    #expect(abs(z[0] + 1) < 1e-6 && abs(z[2] + 1) < 1e-6, "class 0 is at a distance of 1")
    #expect(abs(z[5] + 1) < 1e-6 && abs(z[7] + 1) < 1e-6, "and so is class 1")
  }

  @Test func aClassWithoutImagesHasNowhereToStart() {
    let images = LabelledImages(images: [0, 255], labels: [0, 0], height: 1, width: 1, classes: 2)
    let failure = #expect(throws: StageFailure.self) {
      try Self.start(DigitImages(name: "one", train: images, validation: images, test: images))
    }
    #expect(failure?.blame == .data)
  }

  @Test func weightsSurviveTheirArtifact() throws {
    let model = try Self.output.get().classifier()
    #expect(model.bundle.arrays.keys.sorted() == ["layers.0.centre", "layers.0.scale"])
    let again = try Classifier(model.bundle, in: ToyModels.workspace)
    #expect(again.weights.map(\.values.bits) == model.weights.map(\.values.bits))
  }

  @Test(arguments: Arrangement.all(threads: [1, 2]))
  func noBitDependsOnTheArrangement(_ arrangement: Arrangement) throws {
    func bits(_ workspace: Workspace) throws -> [[UInt32]] {
      try ToyDigits.run(
        Train.self, ToyDigits.training("rbf", ToyDigits.recipe(epochs: 2)),
        inputs: ["data": [ToyDigits.input(ToyDigits.small)]], workspace: workspace
      ).classifier().weights.map(\.values.bits)
    }
    #expect(try bits(arrangement.workspace) == bits(ToyModels.workspace))
  }

  /// The attack sees the network's own loss, of which a pixel that no image uses is no part.
  @Test func theAttackLeavesPixelsWithoutInfluence() throws {
    let model = try Self.output.get().classifier()
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
    let x = test.pixels(0..<50)
    let moved = try test.perturbed(
      0..<50, by: FGSM(LInfBall(epsilon: 0.25)), against: model, seed: Seed(1, stage: "rbf"))
    let dead = (0..<784).filter { pixel in
      (0..<10).allSatisfy { model.weights[1].values[$0 * 784 + pixel] == 0 }
    }
    #expect(!dead.isEmpty)
    for pixel in dead where (0..<50).allSatisfy({ x.values[$0 * 784 + pixel] == 0 }) {
      #expect((0..<50).allSatisfy { moved.values[$0 * 784 + pixel] == 0 })
    }
    #expect(moved.values != x.values)
  }
}
