import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Models

@Suite struct EnsembleTests {
  private static let workspace = ToyModels.workspace
  private static let text = "maxout(8,6,2) dense(6,3)"

  /// Members that differ, on a workspace of their own choice.
  private static func members(
    _ count: Int, in workspace: Workspace = workspace
  ) throws -> [Classifier] {
    let architecture = try #require(Architecture(text: text))
    return (0..<count).map { m in
      Classifier(
        architecture: architecture,
        weights: architecture.network.weightShapes.enumerated().map { i, shape in
          workspace.uniform(
            shape, from: -1, to: 1, seed: Seed(6, stage: "member").forked(m).forked(i))
        }, head: .softmax, classes: [0, 1, 2])
    }
  }

  @Test func theMeanOfTheProbabilitiesDecides() throws {
    // One member is sure of class 0; two are fairly sure of class 1 and outvoted all the same.
    let sure = ToyModels.softmax([[6, 0, 0], [0, 0, 0], [0, 0, 0]], bias: [0, 0, 0])
    let mild = ToyModels.softmax([[0, 0, 0], [0.5, 0, 0], [0, 0, 0]], bias: [0, 0, 0])
    let x = Self.workspace.tensor([1, 3], [1, 0, 0])
    let answer = try Ensemble([sure, mild, mild]).answers(x)[0]
    let (p, q) = (exp(6.0) / (exp(6.0) + 2), 1 / (exp(0.5) + 2))
    #expect(answer.label == 0)
    #expect(abs(Double(answer.confidence) - (p + 2 * q) / 3) < 1e-6)
  }

  @Test func oneMemberIsTheClassifierItself() throws {
    let model = try Self.members(1)[0]
    let ensemble = try Ensemble([model])
    let x = ToyModels.uniform([5, 8], "alone")
    let labels = [0, 1, 2, 0, 1]
    #expect(ensemble.answers(x) == model.answers(x))
    #expect(
      ensemble.lossGradient(at: x, labels: labels).values.bits
        == model.lossGradient(at: x, labels: labels).values.bits)
  }

  @Test func theGradientOfLinearMembersHasAClosedForm() throws {
    let rows: [[[Float]]] = [
      [[0.5, -1], [2, 0], [-1, 1]], [[-0.5, 0.25], [1, 1], [0, -2]],
      [[1, 0], [0, 1], [0.5, 0.5]],
    ]
    let ensemble = try Ensemble(rows.map { ToyModels.softmax($0, bias: [0.1, 0, -0.2]) })
    let (x, label): ([Float], Int) = ([0.3, 0.6], 1)
    let ours = ensemble.lossGradient(at: Self.workspace.tensor([1, 2], x), labels: [label]).values
    // L = −log Σ pₘ, so ∂L/∂x = −Σ ∂pₘ/∂x / Σ pₘ, straight from the definition.
    var (sum, slopes) = (0.0, [0.0, 0.0])
    for member in rows {
      let z = zip(member, [0.1, 0, -0.2]).map { row, bias in
        bias + Double(row[0] * x[0]) + Double(row[1] * x[1])
      }
      let all = z.map { exp($0) }.reduce(0, +)
      let p = z.map { exp($0) / all }
      sum += p[label]
      for j in 0..<2 {
        let mean = (0..<3).reduce(0.0) { $0 + p[$1] * Double(member[$1][j]) }
        slopes[j] += p[label] * (Double(member[label][j]) - mean)
      }
    }
    for j in 0..<2 { #expect(abs(Double(ours[j]) + slopes[j] / sum) < 1e-6) }
  }

  /// Pitfall B1: every member's probability of the true class is 0 in single precision, so that
  /// neither its logarithm nor its share of the sum can be formed from it.
  @Test func B1_saturatedMembersStillPull() throws {
    let near = ToyModels.softmax([[200, -100], [-200, 100]], bias: [0, 0])
    let far = ToyModels.softmax([[900, 100], [-900, -100]], bias: [0, 0])
    let x = Self.workspace.tensor([1, 2], [1, 0])
    #expect([near, far].allSatisfy { softmax($0.logits(x)).values[1] == 0 })
    let gradient = try Ensemble([near, far]).lossGradient(at: x, labels: [1]).values
    // All the weight is on the member that is less sure: −(w₁ − w₀).
    #expect(gradient == [400, -200])
  }

  @Test func F5_rowsDoNotSeeEachOther() throws {
    let ensemble = try Ensemble(Self.members(4))
    let x = ToyModels.uniform([9, 8], "rows")
    let labels = [0, 1, 2, 0, 1, 2, 0, 1, 2]
    let (whole, answers) = (ensemble.lossGradient(at: x, labels: labels), ensemble.answers(x))
    for i in labels.indices {
      let alone = x.rows(i..<i + 1)
      #expect(ensemble.answers(alone) == [answers[i]])
      #expect(
        ensemble.lossGradient(at: alone, labels: [labels[i]]).values.bits
          == whole.rows(i..<i + 1).values.bits)
    }
  }

  @Test(arguments: Arrangement.all(threads: [1, 3]))
  func noBitDependsOnTheArrangement(_ arrangement: Arrangement) throws {
    func bits(_ workspace: Workspace) throws -> [UInt32] {
      let ensemble = try Ensemble(Self.members(3, in: workspace))
      let x = workspace.uniform([40, 8], from: 0, to: 1, seed: Seed(8, stage: "x"))
      let gradient = ensemble.lossGradient(at: x, labels: (0..<40).map { $0 % 3 })
      return gradient.values.bits + ensemble.answers(x).map(\.confidence).bits
    }
    #expect(try bits(arrangement.workspace) == bits(Self.workspace))
  }

  @Test func membersMustGoTogether() throws {
    let softmax = ToyModels.softmax([[1], [2]], bias: [0, 0])
    for others in [
      [], [softmax, ToyModels.logistic([1], bias: 0)], [softmax] + (try Self.members(1)),
    ] {
      let failure = #expect(throws: StageFailure.self) { try Ensemble(others) }
      #expect(failure?.blame == .data)
    }
  }
}

@Suite struct EnsembleScoreTests {
  @Test func scoresAreTheLogOfTheMeanWithItsGradient() throws {
    let architecture = try #require(Architecture(text: "dense(8,6) tanh dense(6,3)"))
    let workspace = ToyModels.workspace
    let ensemble = try Ensemble(
      (0..<3).map { m in
        Classifier(
          architecture: architecture,
          weights: architecture.network.weightShapes.enumerated().map { i, shape in
            workspace.uniform(
              shape, from: -1, to: 1, seed: Seed(7, stage: "scores").forked(m).forked(i))
          }, head: .softmax, classes: [0, 1, 2])
      })
    let x = ToyModels.uniform([4, 8], "scores")
    let (scored, labels) = (ensemble.scored(x), [0, 1, 2, 1])
    for (a, b) in zip(scored.answers, ensemble.answers(x)) {
      #expect(a.label == b.label && abs(a.confidence - b.confidence) < 1e-5)
    }
    var one = [Float](repeating: 0, count: 12)
    for (row, label) in labels.enumerated() { one[row * 3 + label] = -1 }
    // The loss is minus the score of the label.
    let ours = scored.pass.inputGradient(workspace.tensor([4, 3], one)).values
    let loss = ensemble.lossGradient(at: x, labels: labels).values
    for (a, b) in zip(ours, loss) { #expect(abs(a - b) < 1e-5) }
  }
}
