import Kernels
import Testing

@testable import Attacks
@testable import Models

@Suite struct GradientRotationTests {
  static let workspace = ToyModels.workspace

  private static func rows(_ x: Tensor) -> [[Double]] {
    let width = x.shape[1]
    return (0..<x.shape[0]).map { x.values[$0 * width..<($0 + 1) * width].map { Double($0) } }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  private static func perturbed(
    _ x: Tensor, _ labels: [Int], _ model: Classifier, cosine: Double
  ) -> Tensor {
    GradientRotation(Cone(cosine: cosine)).perturb(
      x, rows: 0..<labels.count, labels: labels, against: model, seed: Seed(1, stage: "turn"))
  }

  @Test(arguments: [1, 0.99, 0.9, 0.5, 0])
  func imagesTurnByTheAngleAndKeepTheirLength(_ cosine: Double) throws {
    let model = try ToyModels.random("dense(20,6) tanh dense(6,4)", classes: 4)
    let x = ToyModels.uniform([5, 20], "x")
    let turned = Self.perturbed(x, [0, 1, 2, 3, 0], model, cosine: cosine)
    for (a, b) in zip(Self.rows(x), Self.rows(turned)) {
      let (la, lb) = (Self.dot(a, a).squareRoot(), Self.dot(b, b).squareRoot())
      #expect(abs(la - lb) < 1e-5 * la)
      #expect(abs(Self.dot(a, b) / (la * lb) - cosine) < 1e-5)
    }
    // What the attack proposes lies on the edge of the cone, so nothing is left to project.
    let projected = Cone(cosine: cosine).project(turned, around: x)
    for (a, b) in zip(projected.values, turned.values) { #expect(abs(a - b) < 1e-5) }
  }

  /// On a linear model the loss of the true class can only rise.
  @Test func theLossRises() {
    let model = ToyModels.logistic(ToyModels.uniform([30], -1...1, "w").values, bias: 0.1)
    let x = ToyModels.uniform([8, 30], "x")
    let labels = (0..<8).map { $0 % 2 }
    func losses(_ x: Tensor) -> [Float] {
      model.loss(model.logits(x), labels: labels, reduction: .sum).perExample
    }
    let (before, after) = (losses(x), losses(Self.perturbed(x, labels, model, cosine: 0.95)))
    for (a, b) in zip(before, after) { #expect(b > a) }
  }

  /// A black image has no direction, and a gradient of zero gives none.
  @Test func whereThereIsNoDirectionNothingMoves() {
    let cone = Cone(cosine: 0.5)
    let black = Self.workspace.tensor([1, 3])
    let other = Self.workspace.tensor([1, 3], [1, 2, 3])
    #expect(cone.edge(from: black, towards: other).values == [0, 0, 0])
    #expect(cone.edge(from: other, towards: black).values == [1, 2, 3])
    #expect(cone.edge(from: other, towards: other * 2).values == [1, 2, 3])
  }

  /// What lies outside is brought to the edge, what lies inside keeps its direction.
  @Test func aProposalIsProjected() {
    let cone = Cone(cosine: 0.8)
    let center = Self.workspace.tensor([2, 2], [2, 0, 2, 0])
    let projected = cone.project(
      Self.workspace.tensor([2, 2], [0, 5, 9, 0.9]), around: center)
    let rows = Self.rows(projected)
    #expect(abs(rows[0][0] - 1.6) < 1e-6 && abs(rows[0][1] - 1.2) < 1e-6)
    #expect(abs(rows[1][1] / rows[1][0] - 0.1) < 1e-6)
    #expect(abs(Self.dot(rows[1], rows[1]) - 4) < 1e-5)
  }

  @Test func imagesDoNotSeeEachOther() throws {
    let model = try ToyModels.random("dense(20,6) tanh dense(6,4)", classes: 4)
    let x = ToyModels.uniform([5, 20], "x")
    let labels = [0, 1, 2, 3, 0]
    let all = Self.perturbed(x, labels, model, cosine: 0.9)
    for i in 0..<5 {
      let alone = Self.perturbed(x.rows(i..<i + 1), [labels[i]], model, cosine: 0.9)
      #expect(alone.values.bits == all.rows(i..<i + 1).values.bits)
    }
  }
}
