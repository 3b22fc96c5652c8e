import Kernels
import Testing

@testable import Contract
@testable import Goodfellow2015
@testable import Measures

@Suite struct Figure2Tests {
  private static func run(rows: Int, epsilon: Double = 0.25, model: StageOutput) throws
    -> StageOutput
  {
    try ToyDigits.run(
      Figure2.self, ["epsilon": .double(epsilon), "rows": .int(rows)],
      inputs: [
        "data": [ToyDigits.input], "model": [StageInput(stage: "logistic", output: model)],
      ])
  }

  private static func grid(_ output: StageOutput, _ name: String) throws -> ImageGrid {
    guard case .images(let grid)? = output.artifacts[name] else {
      throw StageFailure(.data, "‘\(name)’ is no picture")
    }
    return grid
  }

  /// 40 test digits are threes or sevens.
  @Test(arguments: [(1, 1), (3, 9), (6, 36), (10, 40)])
  func theGridsAreSquareWhereThereAreEnoughDigits(_ rows: Int, _ count: Int) throws {
    let output = try Self.run(rows: rows, model: ToyDigits.logistic.get())
    #expect(output.artifacts.keys.sorted() == ["clean", "perturbed", "sign", "weights"])
    for name in ["clean", "perturbed"] {
      let grid = try Self.grid(output, name)
      #expect(grid.columns == rows && grid.count == count)
      #expect(grid.height == 28 && grid.width == 28 && grid.channels == 1)
    }
    for name in ["weights", "sign"] { #expect(try Self.grid(output, name).count == 1) }
  }

  @Test func thePicturesShowTheWeightsAndWhatTheirSignDoes() throws {
    let output = try Self.run(rows: 2, model: ToyDigits.logistic.get())
    let model = try ToyAttack.model("logistic")
    let weights = model.weights[0].values
    let largest = weights.map(abs).max() ?? 0
    let (shown, signs) = try (Self.grid(output, "weights"), Self.grid(output, "sign"))
    let (clean, perturbed) = try (Self.grid(output, "clean"), Self.grid(output, "perturbed"))
    let test = Evaluator(ToyDigits.parts.test, for: [3, 7], in: ToyModels.workspace)
    for (i, w) in weights.enumerated() {
      #expect(abs(Float(shown.pixels[i]) - 127.5 * (1 + w / largest)) <= 1)
      #expect(signs.pixels[i] == (w > 0 ? 255 : w < 0 ? 0 : 128))
    }
    for (position, label) in test.labels.prefix(4).enumerated() {
      // A three is pushed along the weights, a seven against them.
      let direction: Float = label == 0 ? 1 : -1
      for (i, w) in weights.enumerated() {
        let pixel = Float(clean.pixels[position * 784 + i]) / 255
        let sign: Float = w > 0 ? 1 : w < 0 ? -1 : 0
        let expected = min(max(pixel + 0.25 * direction * sign, 0), 1) * 255
        #expect(abs(Float(perturbed.pixels[position * 784 + i]) - expected) <= 0.51)
      }
    }
  }

  @Test func aModelOfTenClassesIsRefused() throws {
    let failure = #expect(throws: StageFailure.self) {
      try Self.run(rows: 2, model: ToyDigits.softmax.get())
    }
    #expect(failure?.blame == .data)
  }
}
