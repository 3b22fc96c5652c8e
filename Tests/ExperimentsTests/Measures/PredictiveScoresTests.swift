import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Measures

@Suite struct PredictiveScoresTests {
  private static func logs(_ rows: [[Double]]) -> Tensor {
    ToyModels.workspace.tensor(
      [rows.count, rows[0].count], rows.flatMap { $0.map { Float(log($0)) } })
  }

  /// Right with 1/2, wrong with 1/4 and wrong with 1/8 on the true class.
  private static let rows = [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.125, 0.125, 0.75]]
  private static let labels = [0, 0, 1]

  @Test func valuesWorkedByHand() throws {
    let scores = try PredictiveScores(Self.logs(Self.rows), labels: Self.labels)
    #expect(scores.count == 3 && scores.errors == 2 && scores.isRight == [true, false, false])
    #expect(scores.confidences.map { abs($0 - 0.5) < 1e-6 } == [true, true, false])
    // −log 2, −2 log 2, −3 log 2: mean −2 log 2, deviation log 2, standard error log 2 / √3.
    let two = log(2.0)
    let likelihood = try #require(scores.logLikelihood)
    #expect(abs(likelihood + 2 * two) < 1e-6)
    #expect(abs((scores.logLikelihoodError ?? 0) - two / 3.0.squareRoot()) < 1e-6)
    // 1.5 bits twice, then ¾ log(4/3) + ¼ log 8.
    let entropy = (3 * two + 0.75 * log(4.0 / 3) + 0.25 * log(8)) / 3
    #expect(abs((scores.entropy ?? 0) - entropy) < 1e-6)
  }

  @Test func batchesDoNotMatter() throws {
    var scores = PredictiveScores()
    for (row, label) in zip(Self.rows, Self.labels) {
      try scores.append(Self.logs([row]), labels: [label])
    }
    let whole = try PredictiveScores(Self.logs(Self.rows), labels: Self.labels)
    #expect(scores == whole)
  }

  @Test func certaintyAndImpossibilityAreNumbers() throws {
    let logs = ToyModels.workspace.tensor([2, 2], [0, -.infinity, 0, -200])
    let scores = try PredictiveScores(logs, labels: [0, 0])
    #expect(scores.entropy == 0 && scores.logLikelihood == 0 && scores.errors == 0)
    #expect(scores.logLikelihoodError == 0)
  }

  @Test func nothingIsKnownOfNoImages() {
    let none = PredictiveScores()
    #expect(none.count == 0 && none.logLikelihood == nil && none.entropy == nil)
    #expect(none.logLikelihoodError == nil)
  }

  @Test func whatIsNotANumberIsAFailure() {
    let logs = ToyModels.workspace.tensor([1, 2], [.nan, -1])
    let failure = #expect(throws: StageFailure.self) {
      try PredictiveScores(logs, labels: [1])
    }
    #expect(failure?.blame == .computation)
  }

  @Test func aClassifierGivesNormalisedLogs() throws {
    let model = try ToyAttack.model("softmax")
    let test = Evaluator(
      ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace, batch: 7)
    let scores = try test.scores(of: model)
    #expect(scores.errors == test.evaluate(model).errors)
    #expect(abs((scores.logLikelihood ?? 0) + test.meanLoss(model)) < 1e-6)
    let whole = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
    #expect(try whole.scores(of: model) == scores)
    let logs = try model.logProbabilities(test.pixels(0..<3)).values
    for row in 0..<3 {
      let sum = logs[row * 10..<(row + 1) * 10].reduce(0.0) { $0 + exp(Double($1)) }
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test func onlyASoftmaxIsADistribution() throws {
    let model = ToyModels.logistic([1, 2], bias: 0)
    let failure = #expect(throws: StageFailure.self) {
      try model.logProbabilities(ToyModels.workspace.tensor([1, 2]))
    }
    #expect(failure?.blame == .data && failure?.description.contains("‘sigmoid’") == true)
  }
}
