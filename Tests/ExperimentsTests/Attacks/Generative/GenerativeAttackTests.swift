import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Models

@Suite struct GenerativeAttackTests {
  static let workspace = ToyModels.workspace

  /// A model without kinks.
  static let model = Autoencoder(
    encoder: ToyAutoencoders.network(
      Architecture([Dense(inputs: 16, outputs: 7), Tanh(), Dense(inputs: 7, outputs: 6)]), "e"),
    decoder: ToyAutoencoders.network(
      Architecture([Dense(inputs: 3, outputs: 7), Tanh(), Dense(inputs: 7, outputs: 16)]), "d"),
    likelihood: .bernoulli)

  /// Each attack on that many images.
  static func attacks(_ rows: Int) -> [any GenerativeAttack] {
    [
      ClassifierAttack(
        victim: ToyAutoencoders.reader(model).composite, targets: (0..<rows).map { $0 % 3 }),
      LVAEAttack(model: model, reconstructions: ToyAutoencoders.pixels(rows, "wanted")),
      LatentAttack(
        encoder: model.meanEncoder, codes: ToyAutoencoders.numbers([rows, 3], "codes", range: 2)),
    ]
  }

  @Test func gradientsAgreeWithFiniteDifferences() {
    let x = ToyAutoencoders.pixels(3)
    for attack in Self.attacks(3) {
      let gradient = attack.loss(at: x).gradient
      #expect(gradient.shape == x.shape)
      for i in stride(from: 0, to: x.count, by: 3) {
        let sides = [Float(1e-2), -1e-2].map { h -> Float in
          var moved = x
          moved.values[i] += h
          return attack.loss(at: moved).perExample[i / 16]
        }
        let expected = (sides[0] - sides[1]) / 2e-2
        #expect(abs(gradient.values[i] - expected) < 3e-3, "\(type(of: attack)), pixel \(i)")
      }
    }
  }

  /// ‖c − a·x*‖² + λ(x* − x)² of one pixel is least at x* = (λx + ac)/(λ + a²).
  @Test func onALinearEncoderTheLatentAttackIsTheClosedForm() {
    let encoder = Network(
      Architecture([Dense(inputs: 1, outputs: 1)]),
      [Self.workspace.tensor([1, 1], [2]), Self.workspace.tensor([1], [0])])
    let x = Self.workspace.tensor([3, 1], [0.5, 0.2, 0.9])
    let codes = Self.workspace.tensor([3, 1], [1.4, 1, -8])
    let found = L2Optimisation(iterations: 1000, rate: 0.1, lambda: 2).perturb(
      x, by: LatentAttack(encoder: encoder, codes: codes))
    // The last would be −2.37, beyond black.
    for (found, expected) in zip(found.values, [(1 + 2.8) / 6, (0.4 + 2) / 6, 0] as [Float]) {
      #expect(abs(found - expected) < 2e-3)
    }
  }

  @Test func whatIsFoundIsInTheBoxAndNoWorseThanTheStart() {
    let x = ToyAutoencoders.pixels(5)
    for attack in Self.attacks(5) {
      let found = L2Optimisation(iterations: 60, rate: 0.1, lambda: 0.01).perturb(x, by: attack)
      #expect(found.values.allSatisfy { (0...1).contains($0) })
      let (before, after) = (attack.loss(at: x).perExample, attack.loss(at: found).perExample)
      let distances = (found - x).rowSumsOfSquares()
      for row in 0..<5 {
        #expect(after[row] + 0.01 * distances[row] <= before[row])
      }
      #expect(after.reduce(0, +) < before.reduce(0, +))
    }
  }

  @Test func theBestIterateIsKeptNotTheLast() {
    // Steps of 1 jump from black to white and back: every later iterate is worse than the start.
    let encoder = Network(
      Architecture([Dense(inputs: 1, outputs: 1)]),
      [Self.workspace.tensor([1, 1], [1]), Self.workspace.tensor([1], [0])])
    let x = Self.workspace.tensor([1, 1], [0.5])
    let attack = LatentAttack(encoder: encoder, codes: Self.workspace.tensor([1, 1], [0.51]))
    let found = L2Optimisation(iterations: 3, rate: 1, lambda: 0).perturb(x, by: attack)
    #expect(found.values == [0.5])
  }

  @Test func whatIsNoNumberIsRefused() throws {
    // From the first gradient on every pixel is not-a-number, and no iterate counts as better.
    struct Broken: GenerativeAttack {
      func loss(at x: Tensor) -> LossValue {
        LossValue(
          perExample: [-Float.infinity], gradient: x * Float.nan)
      }
    }
    struct Beyond: GenerativeAttack {
      func loss(at x: Tensor) -> LossValue {
        LossValue(perExample: [0], gradient: x * 0)
      }
    }
    let optimisation = L2Optimisation(iterations: 2, rate: 0.1, lambda: 0)
    let x = Self.workspace.tensor([1, 2], [0.5, .nan])
    #expect(throws: StageFailure.self) { try optimisation.judged(x, by: Beyond()) }
    let start = Self.workspace.tensor([1, 2], [0.5, 0.25])
    #expect(try optimisation.judged(start, by: Broken()).values == [0.5, 0.25])
  }

  @Test func aHeavyDistanceKeepsTheImageWhereItIs() {
    let x = ToyAutoencoders.pixels(3)
    for attack in Self.attacks(3) {
      let found = L2Optimisation(iterations: 50, rate: 0.01, lambda: 1e6).perturb(x, by: attack)
      #expect((found - x).largestMagnitude() < 1e-3)
    }
  }

  @Test func anImageDoesNotSeeItsBatchNorTheThreads() {
    let (rows, one) = (7, 4)
    let optimisation = L2Optimisation(iterations: 20, rate: 0.1, lambda: 0.1)
    let x = ToyAutoencoders.pixels(rows)
    let codes = ToyAutoencoders.numbers([rows, 3], "codes", range: 2)
    func latent(_ x: Tensor, _ codes: Tensor) -> [Float] {
      optimisation.perturb(x, by: LatentAttack(encoder: Self.model.meanEncoder, codes: codes))
        .values
    }
    let all = latent(x, codes)
    #expect(
      latent(x.rows(one..<one + 1), codes.rows(one..<one + 1))
        == Array(all[one * 16..<(one + 1) * 16]))
    for arrangement in Arrangement.all(threads: [2]) {
      let workspace = arrangement.workspace
      func moved(_ x: Tensor) -> Tensor { workspace.tensor(x.shape, x.values) }
      let encoder = Network(
        Self.model.meanEncoder.architecture, Self.model.meanEncoder.weights.map(moved))
      let found = optimisation.perturb(
        moved(x), by: LatentAttack(encoder: encoder, codes: moved(codes)))
      #expect(found.values == all, "\(arrangement)")
    }
  }

  @Test func theFastGradientMovesAgainstTheLossAndStaysInTheBox() {
    let x = Self.workspace.tensor([1, 4], [0.5, 0.05, 0.95, 0.5])
    let gradient = Self.workspace.tensor([1, 4], [2, 3, -1, 0])
    let found = GenerativeFastGradient(epsilon: 0.1).perturb(x, gradient: gradient)
    for (found, expected) in zip(found.values, [0.4, 0, 1, 0.5] as [Float]) {
      #expect(abs(found - expected) < 1e-6)
    }
  }

  /// The sign of the bound: both terms count as costs.
  @Test func lVAEIsTheNegativeBound() {
    let (x, target) = (ToyAutoencoders.pixels(2), ToyAutoencoders.pixels(2, "target"))
    let posterior = Self.model.posterior(x)
    let divergence = normalDivergence(
      mean: posterior.mean, logVariance: posterior.logVariance
    ).perExample
    let picture = bernoulliLoss(Self.model.decoder.infer(posterior.mean), targets: target)
      .perExample
    let found = LVAEAttack(model: Self.model, reconstructions: target).loss(at: x).perExample
    #expect(divergence.allSatisfy { $0 > 0 } && picture.allSatisfy { $0 > 0 })
    #expect(found == zip(divergence, picture).map { $0 + $1 })
  }
}
