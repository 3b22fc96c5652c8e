import Kernels
import Testing

@testable import Attacks
@testable import Bradshaw2017
@testable import Contract
@testable import Measures

@Suite struct UncertaintySweepTests {
  static let epsilons = [0, 0.1, 0.25]

  private static func run(clip: Bool) throws -> StageOutput {
    try ToyDigits.run(
      UncertaintySweep.self,
      [
        "epsilons": .list(epsilons.map { .double($0) }), "clip": .bool(clip),
        "shown": .double(0.2), "examples": .int(3),
      ],
      inputs: ["data": [ToyDigits.input], "models": ToyShift.models()])
  }

  @Test(arguments: [false, true])
  func theErrorIsThatOfTheEvaluator(_ clip: Bool) throws {
    let output = try Self.run(clip: clip)
    let table = try output.table("sweep")
    #expect(table.rows.count == 9 && output.conditions["clipping"] == "\(clip)")
    for (m, input) in try ToyShift.models().enumerated() {
      let model = try input.output.classifier()
      let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
      let attacks = Self.epsilons.map { FGSM(LInfBall(epsilon: Float($0), clips: clip)) }
      let results = try test.attacked(model, byEach: attacks)
      let errors = Array(table.column("error_rate")[m * 3..<m * 3 + 3])
      #expect(errors == results.map(\.errorCell))
    }
  }

  @Test func aRowOfPicturesForTheImagesAndForEachModel() throws {
    guard case .images(let grid)? = try Self.run(clip: true).artifacts["examples"] else {
      Issue.record("there are no pictures")
      return
    }
    let first = ToyDigits.parts.test.pixelsPerImage * 3
    #expect(grid.columns == 3 && grid.pixels.count == 3 * first)
    #expect(Array(grid.pixels[..<first]) == Array(ToyDigits.parts.test.images[..<first]))
    #expect(grid.pixels[..<first] != grid.pixels[first..<2 * first])
  }

  @Test func likelihoodFallsAsTheImagesMove() throws {
    let table = try Self.run(clip: true).table("sweep")
    let values = table.column("log_likelihood").compactMap { cell -> Double? in
      if case .number(let value) = cell { value } else { nil }
    }
    let model = try ToyDigits.softmax.get().classifier()
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
    let clean = try test.scores(of: model).logLikelihood
    #expect(values.count == 9 && values[0] == clean)
    #expect(values[0] > values[1] && values[1] > values[2])
  }

  @Test func aSeriesIsAModelWhateverItsReplicates() throws {
    let output = try Self.run(clip: false)
    for name in ["error", "log-likelihood", "entropy"] {
      let plot = try output.plot(name)
      #expect(plot.series.map(\.name) == ["plain", "hybrid"])
      #expect(plot.series.map(\.points.count) == [3, 3])
      for point in plot.series[0].points {
        let (low, high) = (try #require(point.low), try #require(point.high))
        #expect(low <= point.y && point.y <= high)
      }
      #expect(plot.series[1].points.allSatisfy { $0.low == nil })
    }
  }
}
