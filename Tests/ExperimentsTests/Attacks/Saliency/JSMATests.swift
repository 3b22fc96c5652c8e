import Kernels
import Testing

@testable import Attacks
@testable import Measures
@testable import Models

@Suite struct JSMATests {
  static let workspace = ToyModels.workspace
  static let seed = Seed(8, stage: "saliency")

  static func perturb(
    _ x: Tensor, to targets: [Int], _ model: Classifier, _ attack: JSMA
  ) -> Tensor {
    attack.perturb(
      x, rows: 0..<targets.count, aims: targets.map { Aim(label: -1, .targeted($0)) },
      against: model, seed: seed)
  }

  /// On a linear model the derivatives are its weights, and the pixels are named in a fixed order.
  @Test(arguments: JSMA.Direction.allCases, SaliencyMap.allCases)
  func aLinearModelGivesItsPixelsInAFixedOrder(_ direction: JSMA.Direction, _ map: SaliencyMap) {
    // Towards class 1: a = (3, 1, 2, 0.5), what the others lose = (1, 4, 2, −9).
    let weights: [Float] = direction == .increase ? [3, 1, 2, 0.5] : [-3, -1, -2, -0.5]
    let others: [Float] = direction == .increase ? [-1, -4, -2, 9] : [1, 4, 2, -9]
    let model = ToyModels.softmax([others, weights], bias: [1000, 0])
    let start: Float = direction == .increase ? 0.25 : 0.75
    let x = Self.workspace.tensor([1, 4], Array(repeating: start, count: 4))
    func after(_ pixels: Int) -> [Int] {
      let attack = JSMA(pixels: pixels, direction: direction, map: map)
      let end = Self.perturb(x, to: [1], model, attack).values
      #expect(end.allSatisfy { $0 == start || $0 == direction.end })
      return end.indices.filter { end[$0] != start }
    }
    switch map {
    // (3 + 1)(1 + 4) = 20 beats (3 + 2)(1 + 2) = 15 and (1 + 2)(4 + 2) = 18; then the last would
    // raise the other class, so nothing is admissible.
    case .pair:
      #expect(after(2) == [0, 1])
      #expect(after(4) == [0, 1])
    // 2·2 and 1·4 are equal, and the lower pixel goes first.
    case .single:
      #expect(after(1) == [1])
      #expect(after(2) == [1, 2])
      #expect(after(4) == [0, 1, 2])
    }
  }

  @Test(arguments: JSMA.Direction.allCases, SaliencyMap.allCases)
  func equalsPlainLoops(_ direction: JSMA.Direction, _ map: SaliencyMap) throws {
    let model = try ToyModels.random("dense(30,12) tanh dense(12,5)", classes: 5, range: 1)
    let x = ToyModels.uniform([12, 30], "plain")
    let attack = JSMA(pixels: 14, direction: direction, map: map)
    let targets = (0..<12).map { $0 % 5 }
    let ours = Self.perturb(x, to: targets, model, attack).values
    let plain = PlainJSMA(attack: attack, model: model)
    for (row, target) in targets.enumerated() {
      let expected = plain.run(Array(x.values[row * 30..<row * 30 + 30]), to: target)
      #expect(Array(ours[row * 30..<row * 30 + 30]) == expected.pixels, "row \(row)")
    }
    #expect(ours != x.values)
  }

  /// One of each kind, for ten classes.
  static let goals: [any Criterion] = [
    ConfidenceReduction(below: 0.5), Misclassification(), Targeted(3), SourceTarget(from: 4, to: 9),
  ]

  @Test func `no goal of the catalogue is left out`() {
    let kinds = Self.goals.map { type(of: $0).kind }
    #expect(kinds == CriterionCatalogue.criteria.words)
  }

  @Test(arguments: goals)
  func everyAttackTakesEveryGoal(_ criterion: any Criterion) throws {
    let model = try ToyDigits.softmax.get().classifier()
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    func met(_ result: Evaluation) -> Int {
      zip(result.labels, result.answers).count { label, answer in
        let aim = Aim(label: label, criterion)
        return aim.isPossible && aim.isMet(by: answer)
      }
    }
    let before = met(test.evaluate(model))
    func after(_ attack: some Attack) throws -> Int {
      met(try test.attacked(model, by: attack, seed: Self.seed, criterion: criterion))
    }
    let pursued = test.labels.count { Aim(label: $0, criterion).isPossible }
    #expect(try after(FGSM(LInfBall(epsilon: 0.25))) > before)
    #expect(try after(GradientRotation(Cone(cosine: 0.8))) > before)
    #expect(try after(JSMA(upsilon: 14.5, of: 784)) > max(before, pursued / 2))
  }

  @Test func goalsWithoutAClassAreMetTowardsTheRunnerUp() {
    let model = ToyModels.softmax([[0, -1], [1, 0], [0, 1]], bias: [2, 0, 1.5])
    let x = Self.workspace.tensor([1, 2], [0, 0])
    let attack = JSMA(pixels: 2, map: .single)
    let end = attack.perturb(x, rows: 0..<1, labels: [0], against: model, seed: Self.seed)
    // Class 2 comes second, and the second pixel is the one that speaks for it.
    #expect(end.values == [0, 1])
  }

  @Test func aModelOfTwoClassesIsAttackedThroughItsOneLogit() {
    let model = ToyModels.logistic([2, -3, 1], bias: -0.5)
    let x = Self.workspace.tensor([1, 3], [0.2, 0.1, 0.2])
    let scored = model.scored(x)
    let one = scored.pass.inputGradient(Self.workspace.tensor([1, 2], [-1, 1])).values
    #expect(one == [2, -3, 1])
    #expect(scored.answers == model.answers(x))
    let end = Self.perturb(x, to: [1], model, JSMA(pixels: 2))
    #expect(end.values == [1, 0.1, 1])
  }
}

@Suite struct CriterionTests {
  static func met(_ criterion: some Criterion, label: Int, named: Int, _ confidence: Float) -> Bool
  {
    Aim(label: label, criterion).isMet(by: Classifier.Answer(label: named, confidence: confidence))
  }

  @Test func eachGoalIsMetByWhatItAsksFor() {
    #expect(Self.met(.misclassification, label: 1, named: 2, 0.9))
    #expect(!Self.met(.misclassification, label: 1, named: 1, 0.1))
    #expect(Self.met(.confidenceReduction(below: 0.5), label: 1, named: 1, 0.4))
    #expect(!Self.met(.confidenceReduction(below: 0.5), label: 1, named: 1, 0.5))
    #expect(Self.met(.confidenceReduction(below: 0.5), label: 1, named: 2, 0.9))
    #expect(Self.met(.targeted(3), label: 1, named: 3, 0.2))
    #expect(!Self.met(.targeted(3), label: 1, named: 2, 0.9))
    #expect(Self.met(.sourceTarget(from: 1, to: 3), label: 1, named: 3, 0.2))
    #expect(!Self.met(.sourceTarget(from: 1, to: 3), label: 2, named: 3, 0.2))
  }

  @Test func nobodyTurnsAClassIntoItselfNorAnotherThanTheSource() {
    #expect(!Aim(label: 3, .targeted(3)).isPossible)
    #expect(Aim(label: 2, .targeted(3)).isPossible)
    #expect(!Aim(label: 2, .sourceTarget(from: 1, to: 3)).isPossible)
    #expect(!Aim(label: 3, .sourceTarget(from: 3, to: 3)).isPossible)
    #expect(Aim(label: 1, .sourceTarget(from: 1, to: 3)).isPossible)
  }

  /// B6: towards a class its loss must fall.
  @Test func B6_aTargetedStepLowersTheTargetsLoss() throws {
    let model = try ToyDigits.softmax.get().classifier()
    let x = ToyDigits.parts.test.pixels(0..<10)
    let tensor = ToyModels.workspace.tensor([10, 784], x)
    let aims = (0..<10).map { Aim(label: 0, .targeted($0)) }
    let end = FGSM(LInfBall(epsilon: 0.1)).perturb(
      tensor, rows: 0..<10, aims: aims, against: model, seed: Seed(1, stage: "b6"))
    func losses(_ x: Tensor) -> [Float] {
      model.loss(model.logits(x), labels: Array(0..<10), reduction: .sum).perExample
    }
    for (before, after) in zip(losses(tensor), losses(end)) { #expect(after < before) }
  }
}
