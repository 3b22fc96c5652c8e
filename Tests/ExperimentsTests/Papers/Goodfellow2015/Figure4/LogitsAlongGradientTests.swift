import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Goodfellow2015

@Suite struct LogitsAlongGradientTests {
  static let options: [String: Setting] = [
    "digit": .int(1), "range": .int(4), "points": .int(9), "rows": .int(3),
  ]

  /// Three images of two pixels; the second shows a 1 that the model takes for a 0.
  private static let digits: DigitImages = {
    let images = LabelledImages(
      images: [255, 0, 255, 51, 0, 255], labels: [0, 1, 1], height: 1, width: 2, classes: 2)
    return DigitImages(name: "three", train: images, validation: images, test: images)
  }()
  /// Its logits are the pixels.
  private static let model = ToyModels.softmax([[1, 0], [0, 1]], bias: [0, 0])

  private static func run(_ options: [String: Setting] = options) throws -> StageOutput {
    try ToyDigits.run(
      LogitsAlongGradient.self, options,
      inputs: [
        "data": [ToyDigits.input(digits)],
        "model": [
          StageInput(
            stage: "softmax", output: StageOutput(artifacts: ["weights": .tensors(model.bundle)]))
        ],
      ])
  }

  /// From the third image, (0, 1), the direction is (1, −1): logits ε and 1 − ε.
  @Test func theLogitsOfALinearModelAreStraightLines() throws {
    let output = try Self.run()
    #expect(output.artifacts.keys.sorted() == ["answers", "inputs", "logits"])
    let plot = try output.plot("logits")
    #expect(plot.series.map(\.name) == ["0", "1"])
    #expect(plot.series[0].points.map(\.x) == (-4...4).map { Double($0) })
    #expect(plot.series[0].points.map(\.y) == (-4...4).map { Double($0) })
    #expect(plot.series[1].points.map(\.y) == (-4...4).map { 1 - Double($0) })
    #expect(plot.caption.contains("test image 2, a 1"), "the second image is taken for a 0")
  }

  @Test func theAnswersAreStretchesOfEpsilon() throws {
    let table = try Self.run().table("answers")
    #expect(
      table.rows == [
        [.number(-4), .number(0), .integer(1)], [.number(1), .number(4), .integer(0)],
      ])
  }

  /// Nine pictures at ε = −4 … 4: up to 0 they are named 1, and each has its own range of grey.
  @Test func thePicturesAreBoxedWhereTheAnswerIsRight() throws {
    let grid = try Self.run().images("inputs")
    #expect(grid.count == 9 && grid.columns == 3 && grid.height == 1 && grid.width == 2)
    #expect(grid.boxed == [0, 1, 2, 3, 4])
    for picture in 0..<9 {
      let pixels = Array(grid.pixels[picture * 2..<picture * 2 + 2])
      #expect(pixels == (picture <= 4 ? [0, 255] : [255, 0]), "picture \(picture)")
    }
  }

  @Test func theToyDigitsMoveAlongOneDirection() throws {
    let output = try ToyDigits.run(
      LogitsAlongGradient.self, Self.options.merging(["digit": .int(4)]) { $1 },
      inputs: [
        "data": [ToyDigits.input],
        "model": [StageInput(stage: "softmax", output: ToyDigits.softmax.get())],
      ])
    let model = try ToyDigits.softmax.get().classifier()
    let test = ToyDigits.parts.test
    let index = try #require(
      (0..<test.count).first { i in
        test.labels[i] == 4
          && model.answers(ToyModels.workspace.tensor([1, 784], test.pixels(i..<i + 1)))[0].label
            == 4
      })
    let x = ToyModels.workspace.tensor([1, 784], test.pixels(index..<index + 1))
    let sign = model.lossGradient(at: x, labels: [4]).sign()
    let plot = try output.plot("logits")
    #expect(plot.series.count == 10 && plot.series.allSatisfy { $0.points.count == 9 })
    for (i, epsilon) in (-4...4).enumerated() {
      let logits = model.logits(x.adding(sign, scaledBy: Float(epsilon))).values
      #expect(plot.series.map { $0.points[i].y } == logits.map { Double($0) })
    }
    #expect(try output.images("inputs").boxed.contains(4), "at ε = 0 the image is right")
  }

  @Test(arguments: [
    ("digit", Setting.int(10)), ("digit", .int(-1)), ("digit", .string("four")),
    ("range", .int(0)), ("points", .int(1)), ("rows", .int(1)), ("point", .int(9)),
  ])
  func badOptionsHaveAPlace(_ name: String, _ value: Setting) {
    let options = Self.options.merging([name: value]) { $1 }
    #expect(optionError(LogitsAlongGradient.self, options)?.path == [name])
    #expect(optionError(LogitsAlongGradient.self, Self.options) == nil)
  }

  @Test func aDigitThatTheModelDoesNotKnowIsRefused() {
    let failure = #expect(throws: StageFailure.self) {
      try Self.run(Self.options.merging(["digit": .int(7)]) { $1 })
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("a 7 is none of them") == true)
  }
}
