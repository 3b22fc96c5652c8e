import Kernels
import Testing

@testable import Attacks
@testable import Models

/// On a linear model of two classes the gradient has one direction, so that the end of the way is known.
@Suite struct PGDTests {
  static let width = 24
  static let seed = Seed(2, stage: "pgd")
  static let rows = [
    ToyModels.uniform([width], -1...1, "a").values, ToyModels.uniform([width], -1...1, "b").values,
  ]
  static let model = ToyModels.softmax(rows, bias: [0.1, -0.1])
  static let x = gatherPixels(
    (0..<6 * width).map { UInt8(($0 * 37) % 256) }, rowLength: width, rows: Array(0..<6),
    in: ToyModels.workspace)
  static let labels = (0..<6).map { $0 % 2 }

  static func perturb(_ attack: some Attack, _ aims: [Aim]? = nil) -> Tensor {
    attack.perturb(
      x, rows: 0..<6, aims: aims ?? labels.map { Aim(label: $0) }, against: model, seed: seed)
  }

  /// The direction in which the loss of a label grows.
  static func slope(_ label: Int, _ i: Int) -> Float {
    rows[1 - label][i] - rows[label][i]
  }

  @Test(arguments: [false, true])
  func inLInfEveryPixelEndsAtItsBound(_ startsAtRandom: Bool) {
    let end = Self.perturb(
      PGD(
        LInfBall(epsilon: 0.2, clips: true), steps: 30, stepSize: 0.05,
        startsAtRandom: startsAtRandom)
    ).values
    for (row, label) in Self.labels.enumerated() {
      for i in 0..<Self.width {
        let pixel = Self.x.values[row * Self.width + i]
        let bound = min(max(pixel + (Self.slope(label, i) > 0 ? 0.2 : -0.2), 0), 1)
        #expect(abs(end[row * Self.width + i] - bound) <= 1e-6)
      }
    }
  }

  @Test(arguments: [false, true])
  func inL2TheImageEndsAlongTheGradient(_ startsAtRandom: Bool) {
    let attack = PGD(
      L2Ball(epsilon: 0.5), steps: 200, stepSize: 0.1, startsAtRandom: startsAtRandom)
    let moved = (Self.perturb(attack) - Self.x).values
    for (row, label) in Self.labels.enumerated() {
      let slopes = (0..<Self.width).map { Double(Self.slope(label, $0)) }
      let norm = slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
      for i in 0..<Self.width {
        #expect(abs(Double(moved[row * Self.width + i]) - 0.5 * slopes[i] / norm) <= 1e-3)
      }
    }
  }

  @Test func inL1OnePixelTakesAll() {
    let moved = (Self.perturb(BIM(L1Ball(epsilon: 0.7), steps: 10, stepSize: 0.1)) - Self.x).values
    for (row, label) in Self.labels.enumerated() {
      let own = moved[row * Self.width..<(row + 1) * Self.width].map { $0 }
      let steepest = (0..<Self.width).max {
        Self.slope(label, $0).magnitude < Self.slope(label, $1).magnitude
      }
      for i in 0..<Self.width {
        let wanted = i == steepest ? (Self.slope(label, i) > 0 ? 0.7 : -0.7) : Float(0)
        #expect(abs(own[i] - wanted) <= 1e-5)
      }
    }
  }

  @Test func inL0ThePixelsThatGainMostChange() {
    let moved = Self.perturb(BIM(PixelBudget(pixels: 3), steps: 1, stepSize: 3))
    for (row, label) in Self.labels.enumerated() {
      let gains = (0..<Self.width).map { i in
        let slope = Self.slope(label, i)
        return slope * ((slope > 0 ? 1 : 0) - Self.x.values[row * Self.width + i])
      }
      let wanted = Set(gains.indices.sorted { gains[$0] > gains[$1] }.prefix(3))
      let changed = Set(
        (0..<Self.width).filter { i in
          moved.values[row * Self.width + i] != Self.x.values[row * Self.width + i]
        })
      #expect(changed == wanted)
    }
  }

  @Test(arguments: [0, 0.1, 0.3] as [Float], [false, true])
  func oneStepFromTheImageIsFGSM(_ epsilon: Float, _ clips: Bool) {
    let ball = LInfBall(epsilon: epsilon, clips: clips)
    let fgsm = Self.perturb(FGSM(ball)).values.bits
    #expect(Self.perturb(BIM(ball, steps: 1, stepSize: epsilon)).values.bits == fgsm)
    let pgd = PGD(ball, steps: 1, stepSize: epsilon, startsAtRandom: false)
    #expect(Self.perturb(pgd).values.bits == fgsm)
  }

  @Test func aTargetedAttackLowersTheLossOfItsTarget() {
    let aims = Self.labels.map { Aim(label: $0, .targeted(1 - $0)) }
    let attack = BIM(LInfBall(epsilon: 0.1), steps: 4, stepSize: 0.05)
    #expect(Self.perturb(attack, aims).values.bits == Self.perturb(attack).values.bits)
  }

  @Test func anImageDoesNotDependOnItsBatch() {
    let attack = PGD(
      L2Ball(epsilon: 0.3, clips: true), steps: 3, stepSize: 0.2, restarts: 3)
    let all = Self.perturb(attack)
    for row in 0..<6 {
      let alone = attack.perturb(
        Self.x.rows(row..<row + 1), rows: row..<row + 1, aims: [Aim(label: Self.labels[row])],
        against: Self.model, seed: Self.seed)
      #expect(alone.values.bits == all.rows(row..<row + 1).values.bits, "image \(row)")
    }
  }

  /// The first start is the same, so that more of them can only do better.
  @Test func moreRestartsNeverDoWorse() throws {
    let model = try ToyAttack.model("maxout")
    let (n, pixels) = (40, model.architecture.network.weightShapes[0][1])
    let x = ToyModels.uniform([n, pixels], "restarts")
    let labels = model.answers(x).map(\.label)
    func gaps(_ restarts: Int) -> [Float] {
      let attack = PGD(
        LInfBall(epsilon: 0.02, clips: true), steps: 2, stepSize: 0.01, restarts: restarts)
      let end = attack.perturb(x, rows: 0..<n, labels: labels, against: model, seed: Self.seed)
      let scored = model.scored(end)
      let classes = scored.pass.output.shape[1]
      return labels.enumerated().map { row, label in
        let scores = scored.pass.output.values[row * classes..<(row + 1) * classes]
        return max(ScoreGap(scores, Aim(label: label)).value, -1e-9)
      }
    }
    let (one, five) = (gaps(1), gaps(5))
    for (row, pair) in zip(one, five).enumerated() {
      // Beyond the boundary an image is done, however far.
      #expect(pair.1 <= pair.0 || pair.1 < 0, "image \(row): \(pair)")
    }
    #expect(zip(one, five).contains { $1 < $0 }, "restarts change nothing")
  }
}
