import Kernels
import Testing

@testable import Attacks

/// Dong and others 2018, algorithm 1, on a linear model of two classes.
@Suite struct MIMTests {
  /// The gradient has one direction, which memory cannot change: the end is that of BIM.
  @Test func onALinearModelMomentumChangesNothing() {
    let ball = LInfBall(epsilon: 0.2, clips: true)
    let bim = PGDTests.perturb(BIM(ball, steps: 6, stepSize: 0.05))
    let mim = PGDTests.perturb(MIM(ball, steps: 6, stepSize: 0.05, decay: 1))
    #expect((bim - mim).largestMagnitude() <= 1e-6)
  }

  @Test func withoutMemoryItIsBIM() throws {
    let model = try ToyAttack.model("maxout")
    let x = ToyModels.uniform([20, model.architecture.network.weightShapes[0][1]], "mim")
    let labels = model.answers(x).map(\.label)
    func end(_ attack: some Attack) -> [UInt32] {
      attack.perturb(x, rows: 0..<20, labels: labels, against: model, seed: PGDTests.seed)
        .values.bits
    }
    let ball = LInfBall(epsilon: 0.1, clips: true)
    let (bim, forgetful, mindful) = (
      end(BIM(ball, steps: 5, stepSize: 0.03)),
      end(MIM(ball, steps: 5, stepSize: 0.03, decay: 0)),
      end(MIM(ball, steps: 5, stepSize: 0.03, decay: 1))
    )
    #expect(forgetful == bim)
    #expect(mindful != bim, "memory changes nothing")
  }

  /// Two steps by hand: the second follows μ·g₁/‖g₁‖₁ + g₂/‖g₂‖₁.
  @Test func theMemoryIsThatOfTheAlgorithm() throws {
    let model = try ToyAttack.model("softmax")
    let x = ToyModels.uniform([5, model.architecture.network.weightShapes[0][1]], "two steps")
    let labels = model.answers(x).map(\.label)
    let ball = L2Ball(epsilon: 10)
    func unit(_ g: Tensor) -> Tensor {
      g.timesRows(by: g.magnitudes().rowSums().map { 1 / $0 })
    }
    let first = unit(model.lossGradient(at: x, labels: labels))
    let middle = ball.steepestStep(from: x, along: first, size: 0.3)
    let second = unit(model.lossGradient(at: middle, labels: labels))
      .adding(first, scaledBy: 0.5)
    let end = ball.steepestStep(from: middle, along: second, size: 0.3)
    let found = MIM(ball, steps: 2, stepSize: 0.3, decay: 0.5).perturb(
      x, rows: 0..<5, labels: labels, against: model, seed: PGDTests.seed)
    #expect((found - end).largestMagnitude() <= 1e-6)
  }
}
