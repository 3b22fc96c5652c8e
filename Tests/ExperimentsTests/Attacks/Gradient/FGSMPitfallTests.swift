import Kernels
import Testing

@testable import Attacks
@testable import Datasets
@testable import Measures
@testable import Models

/// Mistakes with which such attacks have been published elsewhere, each under the label it has in
/// our list of them; every test fails when its mistake is made.
@Suite struct FGSMPitfallTests {
  static let workspace = ToyModels.workspace
  static let seed = Seed(2, stage: "pitfalls")

  static func perturb(
    _ x: Tensor, rows: Range<Int>? = nil, _ labels: [Int], _ model: Classifier, epsilon: Float
  ) -> Tensor {
    FGSM(LInfBall(epsilon: epsilon)).perturb(
      x, rows: rows ?? 0..<labels.count, labels: labels, against: model, seed: seed)
  }

  /// The probability of the true class is 0 in single precision, so that its logarithm has no slope.
  @Test func B1_stableLogSoftmax() {
    let model = ToyModels.softmax([[200, -100], [-200, 100]], bias: [0, 0])
    let x = Self.workspace.tensor([1, 2], [1, 0])
    let p = softmax(model.logits(x)).values
    #expect(p == [1, 0], "the case must be saturated")
    #expect(Self.perturb(x, [1], model, epsilon: 0.25).values == [1.25, -0.25])
  }

  @Test func B3_epsilonInPixelUnits() throws {
    let model = try ToyDigits.softmax.get().classifier()
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let perturbed = try test.perturbed(
      0..<20, by: FGSM(LInfBall(epsilon: 0.25)), against: model, seed: Self.seed)
    let clean = ToyDigits.parts.test.pixels(0..<20)
    let range = (low: clean.min() ?? 0, high: clean.max() ?? 0)
    #expect(range.low == 0 && range.high > 0.9 && range.high <= 1, "pixels lie in \(range)")
    let moves = zip(perturbed.values, clean).map { abs($0 - $1) }
    #expect(abs((moves.max() ?? 0) - 0.25) < 1e-6, "a quarter of the way from black to white")
  }

  @Test func B4_signOfZeroIsZero() {
    // The second pixel has no influence.
    let model = ToyModels.softmax([[1, 0, 0.5], [-1, -0.0, -2]], bias: [0, 0])
    let x = Self.workspace.tensor([1, 3], [0.5, 0.5, 0.5])
    #expect(Self.perturb(x, [0], model, epsilon: 0.25).values == [0.25, 0.5, 0.25])
    // A model that is sure beyond single precision has no slope at all, and nothing moves.
    let sure = ToyModels.softmax([[200, 0, 1], [-200, 0, 1]], bias: [0, 0])
    #expect(Self.perturb(x, [0], sure, epsilon: 0.25).values == x.values)
  }

  @Test(arguments: ["softmax", "logistic", "maxout"])
  func B5_epsilonZeroIsIdentity(_ name: String) throws {
    let model = try ToyAttack.model(name)
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let attack = FGSM(LInfBall(epsilon: 0))
    let clean = test.evaluate(model)
    #expect(try test.attacked(model, by: attack, seed: Self.seed) == clean)
    let images = 0..<test.images.count
    let perturbed = try test.perturbed(images, by: attack, against: model, seed: Self.seed)
    #expect(perturbed.values.bits == test.pixels(images).values.bits)
    // The usual reason why it does not hold is noise that stays on after training.
    let quiet = Architecture(model.architecture.layers.filter { !($0 is Dropout) })
    let logits = quiet.network.infer(perturbed, model.weights[...])
    #expect(model.logits(perturbed).values.bits == logits.values.bits)
  }

  @Test(arguments: ["softmax", "logistic", "maxout"])
  func B6_ascendsTheTrueLabelsLoss(_ name: String) throws {
    let model = try ToyAttack.model(name)
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let images = 0..<test.images.count
    let x = test.pixels(images)
    // So small a step that the loss is a straight line along it.
    let moved = Self.perturb(x, test.labels, model, epsilon: 0.002)
    let losses = [x, moved].map {
      model.loss(model.logits($0), labels: test.labels, reduction: .sum).perExample
    }
    let rises = zip(losses[0], losses[1]).filter { $0.0 > 1e-4 }.map { $0.1 > $0.0 }
    #expect(rises.count > 10)
    #expect(rises.allSatisfy { $0 }, "\(rises.count { !$0 }) losses of \(rises.count) fell")
  }

  /// The model names class 0, the truth is class 2: the step must leave class 2, not class 0.
  @Test func B7_usesTheTrueLabel() {
    let model = ToyModels.softmax([[4, 0, 0], [0, 0, 0], [0, 0, 2]], bias: [0, 0, 0])
    let x = Self.workspace.tensor([1, 3], [1, 1, 1])
    #expect(model.answers(x)[0].label == 0)
    #expect(Self.perturb(x, [2], model, epsilon: 0.25).values == [1.25, 1, 0.75])
    #expect(Self.perturb(x, [0], model, epsilon: 0.25).values == [0.75, 1, 1.25])
  }

  /// The gradient that an attack sees is that of each image's own loss, not a share of the batch's.
  @Test func B9_sumNotMean() throws {
    let model = try ToyModels.random("maxout(12,6,3) dense(6,4)", classes: 4)
    let x = ToyModels.uniform([7, 12], "B9")
    let labels = [0, 1, 2, 3, 0, 1, 2]
    let whole = model.lossGradient(at: x, labels: labels)
    for i in labels.indices {
      let alone = model.lossGradient(at: x.rows(i..<i + 1), labels: [labels[i]])
      #expect(alone.values.bits == whole.rows(i..<i + 1).values.bits)
    }
  }

  /// An attack that leaves its ball is judged at the point of the ball, by the model's own answer.
  @Test func B10_judgedPointIsTheReturnedPoint() throws {
    let model = ToyModels.softmax([[1], [-1]], bias: [-0.5, 0.5])
    let images = LabelledImages(
      images: [255, 204, 153], labels: [0, 0, 0], height: 1, width: 1, classes: 2)
    let test = Evaluator(images, for: [0, 1], in: Self.workspace)
    let attack = ToyAttack(ball: LInfBall(epsilon: 0.25)) { $0 * 0 + -5 }
    let judged = try test.perturbed(0..<3, by: attack, against: model, seed: Self.seed)
    for (value, expected) in zip(judged.values, [0.75, 0.55, 0.35] as [Float]) {
      #expect(abs(value - expected) < 1e-6)
    }
    let result = try test.attacked(model, by: attack, seed: Self.seed)
    #expect(result.answers == model.answers(judged))
    #expect(result.errors == 1, "only the point projected to 0.35 is across the boundary")
    // What FGSM returns lies in its ball already and is judged as it is.
    let fgsm = FGSM(LInfBall(epsilon: 0.25))
    let proposal = fgsm.perturb(
      test.pixels(0..<3), rows: 0..<3, labels: [0, 0, 0], against: model, seed: Self.seed)
    let kept = try test.perturbed(0..<3, by: fgsm, against: model, seed: Self.seed)
    #expect(kept.values.bits == proposal.values.bits)
  }

  @Test func F2_denominatorIsAllImages() throws {
    let model = try ToyDigits.softmax.get().classifier()
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let clean = test.evaluate(model)
    #expect(clean.errors > 0, "the case needs images that are wrong from the start")
    let attacked = try test.attacked(model, by: FGSM(LInfBall(epsilon: 0.25)), seed: Self.seed)
    #expect(attacked.count == 200)
    // Images that were wrong before and are wrong now count.
    let wrong = zip(attacked.answers, attacked.labels).count { $0.label != $1 }
    let stillWrong = zip(zip(clean.answers, attacked.answers), clean.labels).count {
      $0.0.label != $1 && $0.1.label != $1
    }
    #expect(attacked.errors == wrong && stillWrong > 0)
  }

  @Test(arguments: ["softmax", "logistic", "maxout"])
  func F5_resultOfAnImageDoesNotDependOnItsBatch(_ name: String) throws {
    let model = try ToyAttack.model(name)
    let attack = FGSM(LInfBall(epsilon: 0.1))
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let count = test.images.count
    let whole = try test.attacked(model, by: attack, seed: Self.seed)
    for batch in [1, 7, 64] {
      let small = Evaluator(
        ToyDigits.parts.test, for: model.classes, in: Self.workspace, batch: batch)
      #expect(try small.attacked(model, by: attack, seed: Self.seed) == whole)
      #expect(small.evaluate(model) == test.evaluate(model))
    }
    // Other mates in another order.
    let order = Seed(3, stage: "order").permutation(of: count)
    let x = test.pixels(0..<count)
    let straight = attack.perturb(
      x, rows: 0..<count, labels: test.labels, against: model, seed: Self.seed)
    let shuffled = attack.perturb(
      x.gathered(rows: order), rows: 0..<count, labels: order.map { test.labels[$0] },
      against: model, seed: Self.seed)
    #expect(shuffled.values.bits == straight.gathered(rows: order).values.bits)
  }
}
