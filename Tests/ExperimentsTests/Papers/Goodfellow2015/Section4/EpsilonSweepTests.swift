import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Goodfellow2015
@testable import Measures

@Suite struct EpsilonSweepTests {
  static let epsilons = [0, 0.05, 0.1, 0.25]

  private static func run(clip: Bool) throws -> StageOutput {
    try ToyDigits.run(
      EpsilonSweep.self,
      ["epsilons": .list(epsilons.map { .double($0) }), "clip": .bool(clip)],
      inputs: [
        "data": [ToyDigits.input],
        "models": [
          StageInput(stage: "softmax", output: ToyDigits.softmax.get()),
          StageInput(stage: "logistic", output: ToyDigits.logistic.get()),
        ],
      ])
  }

  @Test(arguments: [false, true])
  func tableAndPlotAgreeWithADirectComputation(_ clip: Bool) throws {
    let output = try Self.run(clip: clip)
    #expect(output.artifacts.keys.sorted() == ["curve", "sweep"])
    guard case .table(let table)? = output.artifacts["sweep"],
      case .plot(let plot)? = output.artifacts["curve"]
    else {
      Issue.record("a sweep is a table and a plot")
      return
    }
    #expect(table.rows.count == 8 && plot.series.map(\.name) == ["softmax", "logistic"])
    #expect(output.conditions["clipping"] == "\(clip)")
    for (m, name) in ["softmax", "logistic"].enumerated() {
      let model = try ToyAttack.model(name)
      let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
      for (e, epsilon) in Self.epsilons.enumerated() {
        let result = try test.attacked(
          model, by: FGSM(LInfBall(epsilon: Float(epsilon), clips: clip)),
          seed: Seed(1, stage: "sweep"))
        let row = table.rows[m * 4 + e]
        #expect(row[0] == .text(name) && row[2] == .number(epsilon))
        #expect(row[3] == .proportion(hits: result.errors, total: result.count))
        let point = plot.series[m].points[e]
        #expect(point.x == epsilon)
        #expect(point.y == Double(result.errors) / Double(result.count) * 100)
        #expect((point.low ?? 101) <= point.y && (point.high ?? -1) >= point.y)
      }
      #expect(
        table.rows[m * 4][3]
          == .proportion(hits: test.evaluate(model).errors, total: test.images.count))
    }
  }
}
