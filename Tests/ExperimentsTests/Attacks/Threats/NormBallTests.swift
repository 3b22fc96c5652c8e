import Kernels
import Testing

@testable import Attacks

/// What every norm's ball owes, in one body for all of them.
@Suite struct NormBallTests {
  /// A ball, and the length of a perturbation in its norm.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let ball: any NormBall
    let clips: Bool
    let length: @Sendable (ArraySlice<Float>) -> Double
    var testDescription: String { "\(name), ε \(ball.radius)\(clips ? ", clipped" : "")" }
  }

  static func cases(_ radii: [Float]) -> [Case] {
    radii.flatMap { radius in
      [false, true].flatMap { clips in
        [
          Case(
            name: "linf", ball: LInfBall(epsilon: radius / 10, clips: clips), clips: clips,
            length: { $0.reduce(0.0) { max($0, Double($1.magnitude)) } }),
          Case(
            name: "l2", ball: L2Ball(epsilon: radius, clips: clips), clips: clips,
            length: { $0.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot() }),
          Case(
            name: "l1", ball: L1Ball(epsilon: radius, clips: clips), clips: clips,
            length: { $0.reduce(0.0) { $0 + Double($1.magnitude) } }),
        ]
      } + [
        Case(
          name: "l0", ball: PixelBudget(pixels: Int(radius * 4)), clips: true,
          length: { Double($0.count { $0 != 0 }) })
      ]
    }
  }

  static let width = 40
  static let center = ToyModels.uniform([12, width], "center")

  static func lengths(_ moved: Tensor, _ of: Case) -> [Double] {
    (0..<moved.shape[0]).map { of.length(moved.values[$0 * width..<($0 + 1) * width]) }
  }

  static func expectInside(_ x: Tensor, _ one: Case, _ what: String) {
    for length in lengths(x - center, one) {
      #expect(length <= Double(one.ball.radius) * 1.00001 + 1e-5, "\(what) leaves the ball")
    }
    if one.clips { #expect(x.values.allSatisfy { (0...1).contains($0) }, "\(what) leaves the box") }
  }

  @Test(arguments: cases([0, 0.5, 2]))
  func aProjectionIsInsideAndLeavesAloneWhatIs(_ one: Case) {
    let far = ToyModels.uniform([12, Self.width], -2...3, "far")
    let projected = one.ball.project(far, around: Self.center)
    Self.expectInside(projected, one, "a projection")
    let again = one.ball.project(projected, around: Self.center)
    #expect((again - projected).largestMagnitude() <= 1e-5, "projecting twice moves a point")
    if one.ball.radius == 0 { #expect(projected.values == Self.center.values) }
    let radius = one.ball.radius
    if radius > 0, !one.clips {
      // Outside of the ball the nearest point lies on its edge.
      for length in Self.lengths(projected - Self.center, one) {
        #expect(abs(length - Double(radius)) <= 1e-4 * Double(radius))
      }
    }
  }

  @Test(arguments: cases([0.5, 2]))
  func noPointOfTheBallIsSteeperThanTheStep(_ one: Case) {
    let gradient = ToyModels.uniform([12, Self.width], -1...1, "gradient")
    func rise(_ x: Tensor) -> [Float] { ((x - Self.center) * gradient).rowSums() }
    let step = one.ball.clipped(
      one.ball.steepestStep(from: Self.center, along: gradient, size: one.ball.radius))
    Self.expectInside(step, one, "a step")
    // In a box the steepest step of L2 and L1 is cut off, so that only the free one is optimal.
    let isOptimal = !one.clips || ["linf", "l0"].contains(one.name)
    for i in 0..<20 where isOptimal {
      let other = one.ball.project(
        ToyModels.uniform([12, Self.width], -1...2, "other \(i)"), around: Self.center)
      for (theirs, ours) in zip(rise(other), rise(step)) { #expect(theirs <= ours + 1e-4) }
    }
    for ours in rise(step) { #expect(ours > 0) }
  }

  @Test(arguments: cases([0.5, 2]))
  func aRandomStartIsInsideAndBelongsToItsImageAlone(_ one: Case) {
    let seed = Seed(9, stage: "starts")
    let all = one.ball.randomStart(
      around: Self.center, positions: Array(20..<32), seed: seed)
    Self.expectInside(all, one, "a random start")
    let last = one.ball.randomStart(
      around: Self.center.rows(11..<12), positions: [31], seed: seed)
    #expect(last.values.bits == all.rows(11..<12).values.bits, "batch mates change a start")
    let other = one.ball.randomStart(
      around: Self.center.rows(11..<12), positions: [30], seed: seed)
    #expect(other.values != last.values, "two images start from the same noise")
    #expect((all - Self.center).largestMagnitude() > 0)
  }

  /// Half of the volume of a ball in n dimensions lies beyond ε·2^(−1/n).
  @Test func randomStartsFillTheBallEvenly() {
    let center = ToyModels.workspace.tensor([2000, 3])
    let positions = Array(0..<2000)
    let seed = Seed(10, stage: "volume")
    for ball in [L2Ball(epsilon: 1), L1Ball(epsilon: 1)] as [any NormBall] {
      let points = ball.randomStart(around: center, positions: positions, seed: seed)
      let outer = positions.count { row in
        let point = points.values[3 * row..<3 * row + 3]
        let length =
          ball is L2Ball
          ? point.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
          : point.reduce(0.0) { $0 + Double($1.magnitude) }
        return length > 0.7937
      }
      // Five standard deviations of 2,000 tosses of a coin.
      #expect(abs(outer - 1000) < 112, "\(ball): \(outer) of 2000 in the outer half")
    }
  }
}
