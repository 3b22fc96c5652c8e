import Kernels
import Testing

@testable import Attacks
@testable import Datasets
@testable import Measures
@testable import Models

/// What the L2 attack owes: the nearest example where that is known, the box, the goal, and the same
/// bits whatever else is attacked.
@Suite struct CarliniWagnerTests {
  static let workspace = ToyModels.workspace
  static let seed = Seed(1, stage: "carlini-wagner")
  /// Fewer iterations than the paper's, for images of few pixels.
  static let attack = CarliniWagner(iterations: 300)

  static func perturb(
    _ x: Tensor, _ aims: [Aim], _ model: some Victim, _ attack: CarliniWagner = attack
  ) -> Tensor {
    attack.perturb(x, rows: 0..<aims.count, aims: aims, against: model, seed: seed)
  }

  /// Two classes whose scores differ by w·x + b, and ‖w‖.
  static func plane(_ inputs: Int, bias: Float) -> (model: Classifier, norm: Double) {
    let w = ToyModels.uniform([inputs], -1...1, "plane").values
    let squares = w.reduce(0.0) { $0 + Double($1) * Double($1) }
    return (
      ToyModels.softmax([w.map { $0 * 0.5 }, w.map { $0 * -0.5 }], bias: [bias / 2, -bias / 2]),
      squares.squareRoot()
    )
  }

  static func lengths(_ difference: Tensor) -> [Double] {
    difference.rowSumsOfSquares().map { Double($0).squareRoot() }
  }

  /// How far the first score is above the second.
  static func leads(_ model: Classifier, _ x: Tensor) -> [Double] {
    let scores = model.logits(x).values
    return (0..<x.shape[0]).map { Double(scores[2 * $0]) - Double(scores[2 * $0 + 1]) }
  }

  @Test func theDistanceIsThatToThePlaneBetweenTwoClasses() {
    let (model, norm) = Self.plane(30, bias: 1.2)
    let x = ToyModels.uniform([12, 30], 0.35...0.65, "grey")
    let labels = model.answers(x).map(\.label)
    let found = Self.perturb(x, labels.map { Aim(label: $0) }, model)
    #expect(zip(labels, model.answers(found)).allSatisfy { $0 != $1.label })
    for (lead, length) in zip(Self.leads(model, x), Self.lengths(found - x)) {
      let distance = abs(lead) / norm
      #expect(length >= distance * (1 - 1e-5), "\(length) is nearer than the plane, \(distance)")
      #expect(length <= distance * 1.02, "\(length) for a plane at \(distance)")
    }
  }

  @Test func theResultStaysInTheBoxWhereTheNearestPointIsOutside() {
    let (model, _) = Self.plane(30, bias: 0.6)
    let x = ToyModels.uniform([8, 30], "black to white").clamped(to: 0.2...0.8) + -0.2
    let edges = (x * (1 / 0.6)).clamped(to: 0...1)
    let labels = model.answers(edges).map(\.label)
    let found = Self.perturb(edges, labels.map { Aim(label: $0) }, model)
    #expect(found.values.allSatisfy { (0...1).contains($0) })
    #expect(UnitBox().project(found, around: edges).values == found.values)
    #expect(zip(labels, model.answers(found)).allSatisfy { $0 != $1.label })
  }

  @Test func theClassAimedAtIsTheOneThatIsNamed() throws {
    let model = try ToyModels.random("dense(12,6)", classes: 6, range: 1)
    let x = ToyModels.uniform([18, 12], "targets")
    let labels = model.answers(x).map(\.label)
    let aims = labels.enumerated().map { i, label in
      Aim(label: label, .targeted((label + 1 + i % 5) % 6))
    }
    let found = Self.perturb(x, aims, model)
    let answers = model.answers(found)
    let reached = zip(aims, answers).count { $0.isMet(by: $1) }
    #expect(reached > 9, "only \(reached) of 18")
    let lengths = Self.lengths(found - x)
    for (i, aim) in aims.enumerated() {
      #expect(aim.isMet(by: answers[i]) == (lengths[i] > 0), "image \(i)")
    }
    // Nobody comes to a class without crossing the plane between it and the own one.
    let (scores, weights) = (model.logits(x).values, model.weights[0].values)
    for (i, aim) in aims.enumerated() where lengths[i] > 0 {
      let (own, target) = (aim.label, aim.target ?? 0)
      let squares = (0..<12).reduce(0.0) { sum, j in
        let slope = Double(weights[own * 12 + j]) - Double(weights[target * 12 + j])
        return sum + slope * slope
      }
      let lead = Double(scores[i * 6 + own]) - Double(scores[i * 6 + target])
      #expect(lengths[i] >= lead / squares.squareRoot() * (1 - 1e-5), "image \(i)")
    }
  }

  @Test func whatIsASuccessAlreadyOrCannotBeOneStays() {
    let (model, _) = Self.plane(30, bias: 1.2)
    let x = ToyModels.uniform([4, 30], 0.35...0.65, "stays")
    let labels = model.answers(x).map(\.label)
    let aims = [
      Aim(label: 1 - labels[0]), Aim(label: 1 - labels[1], .targeted(labels[1])),
      Aim(label: labels[2], .targeted(labels[2])),
      Aim(label: labels[3], .sourceTarget(from: 1 - labels[3], to: labels[3])),
    ]
    let victim = RecordingVictim(model: model)
    #expect(Self.perturb(x, aims, victim).values == x.values)
    #expect(victim.log.calls.count == 1, "nothing is to be optimised")
  }

  @Test func anImageThatNothingFoolsIsReturnedAsItIs() {
    let model = ToyModels.softmax([[0, 0, 0], [0, 0, 0]], bias: [1, 0])
    let x = ToyModels.uniform([2, 3], "robust")
    let found = Self.perturb(x, [Aim(label: 0), Aim(label: 0)], model)
    #expect(found.values == x.values)
  }

  /// F5: alone, in any company and in any order.
  @Test func anImageDoesNotDependOnItsBatch() throws {
    let model = try ToyAttack.model("maxout")
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let attack = CarliniWagner(
      searchSteps: 3, iterations: 30, learningRate: 0.1, initialConstant: 1)
    func found(_ rows: [Int]) -> [[UInt32]] {
      let x = UnitRange().encode(test.images, rows: rows, in: Self.workspace)
      let bits = Self.perturb(x, rows.map { Aim(label: test.labels[$0]) }, model, attack)
        .values.bits
      return rows.indices.map { Array(bits[$0 * 784..<($0 + 1) * 784]) }
    }
    let all = found(Array(0..<12))
    #expect(found(Array((0..<12).reversed())) == all.reversed())
    #expect((0..<12).flatMap { found([$0]) } == all)
    #expect(found(Array(3..<40)).prefix(9) == all.suffix(9))
  }

  @Test(arguments: Arrangement.all(threads: [1, 2]))
  func theBitsAreTheSameEverywhere(_ arrangement: Arrangement) throws {
    func bits(_ workspace: Workspace) throws -> [UInt32] {
      let model = try ToyAttack.model("maxout", in: workspace)
      let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: workspace)
      let aims = test.labels.prefix(40).map { Aim(label: $0) }
      let attack = CarliniWagner(
        searchSteps: 2, iterations: 20, learningRate: 0.1, initialConstant: 1)
      return Self.perturb(test.pixels(0..<40), aims, model, attack).values.bits
    }
    let isSame = try bits(arrangement.workspace) == bits(Self.workspace)
    #expect(isSame, "\(arrangement) attacks otherwise")
  }

  /// Rows that begin together are what `Adam` makes of the whole, to the last bit.
  @Test func eachRowsAdamIsAdam() {
    let shape = [3, 40]
    var rows = ToyModels.uniform(shape, "weights")
    var (whole, single) = ([rows], [rows.rows(1..<2)])
    var (own, adam) = (RowAdam(shape, in: Self.workspace), Adam(weights: whole))
    var late: Adam?
    for step in 0..<12 {
      let gradient = ToyModels.uniform(shape, -1...1, "gradient \(step)")
      if step == 7 {
        own.restart(1)
        late = Adam(weights: single)
        single = [rows.rows(1..<2)]
      }
      own.step(&rows, gradient: gradient, learningRate: 0.1)
      adam.step(&whole, gradients: [gradient], learningRate: 0.1)
      late?.step(&single, gradients: [gradient.rows(1..<2)], learningRate: 0.1)
    }
    #expect(rows.rows(0..<1).values.bits == whole[0].rows(0..<1).values.bits)
    #expect(rows.rows(2..<3).values.bits == whole[0].rows(2..<3).values.bits)
    #expect(rows.rows(1..<2).values.bits == single[0].values.bits)
  }
}
