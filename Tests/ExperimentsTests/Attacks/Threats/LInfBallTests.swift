import Kernels
import Testing

@testable import Attacks

@Suite struct LInfBallTests {
  static let workspace = ToyModels.workspace
  static let epsilons: [Float] = [0, 0.001, 0.1, 0.25, 0.3, 1]

  @Test func projectionIsTheNearestPoint() {
    let center = Self.workspace.tensor([1, 5], [0.5, 0.5, 0.5, 0.5, 0.5])
    let x = Self.workspace.tensor([1, 5], [0, 0.3, 0.5, 0.6, 9])
    let projected = LInfBall(epsilon: 0.25).project(x, around: center)
    #expect(projected.values == [0.25, 0.3, 0.5, 0.6, 0.75])
  }

  @Test func theSteepestStepFollowsTheSignAndStaysAtZero() {
    let x = Self.workspace.tensor([1, 5], [0, 0.5, 0.5, 1, 1])
    let gradient = Self.workspace.tensor([1, 5], [-1e-30, 0, -0, 7, .infinity])
    #expect(
      LInfBall(epsilon: 0.25).steepestStep(from: x, along: gradient).values
        == [-0.25, 0.5, 0.5, 1.25, 1.25])
    #expect(
      LInfBall(epsilon: 0.25, clips: true).steepestStep(from: x, along: gradient).values
        == [0, 0.5, 0.5, 1, 1])
  }

  @Test(arguments: [false, true], epsilons)
  func propertiesOverRandomPoints(_ clips: Bool, _ epsilon: Float) {
    let ball = LInfBall(epsilon: epsilon, clips: clips)
    let center = ToyModels.uniform([20, 50], "center")
    let x = ToyModels.uniform([20, 50], -2...3, "x")
    let projected = ball.project(x, around: center)
    for ((p, c), x) in zip(zip(projected.values, center.values), x.values) {
      #expect(abs(p - c) <= epsilon + 2e-7, "\(x) became \(p) around \(c)")
      let bounds = (
        low: clips ? max(0, c - epsilon) : c - epsilon,
        high: clips ? min(1, c + epsilon) : c + epsilon
      )
      #expect(abs(p - min(max(x, bounds.low), bounds.high)) <= 2e-7, "\(p) is not the nearest")
      if clips { #expect((0...1).contains(p)) }
    }
    let again = ball.project(projected, around: center)
    #expect((again - projected).largestMagnitude() <= 2e-7, "projecting twice moves a point")
    if epsilon == 0 { #expect(projected.values.bits == center.values.bits) }
  }

  @Test(arguments: [false, true], epsilons)
  func noPointOfTheBallIsSteeperThanTheStep(_ clips: Bool, _ epsilon: Float) {
    let ball = LInfBall(epsilon: epsilon, clips: clips)
    let center = ToyModels.uniform([1, 200], "center")
    let gradient = ToyModels.uniform([1, 200], -1...1, "gradient")
    func rise(_ x: Tensor) -> Float { ((x - center) * gradient).sum() }
    let best = rise(ball.steepestStep(from: center, along: gradient))
    for i in 0..<20 {
      let other = ball.project(ToyModels.uniform([1, 200], -1...2, "other \(i)"), around: center)
      #expect(rise(other) <= best + 1e-5)
    }
    #expect(epsilon == 0 || best > 0)
  }

  /// Every pixel value that an image can have, and both directions.
  @Test(arguments: epsilons, [false, true])
  func aStepFromAnImageIsLeftAloneByProjection(_ epsilon: Float, _ clips: Bool) {
    let bytes = (0...255).map(UInt8.init)
    let x = gatherPixels(bytes, rowLength: 256, rows: [0, 0, 0], in: Self.workspace)
    let gradient = Self.workspace.tensor(
      [3, 256], [-1, 0, 1].flatMap { [Float](repeating: $0, count: 256) })
    let ball = LInfBall(epsilon: epsilon, clips: clips)
    let step = ball.steepestStep(from: x, along: gradient)
    #expect(ball.project(step, around: x).values.bits == step.values.bits)
  }
}
