import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Goodfellow2015
@testable import Models

@Suite struct FoolingImagesTests {
  static let options: [String: Setting] = [
    "samples": .int(600), "shown": .int(4), "step": .string("sign"), "size": .double(0.5),
  ]

  /// Colour images of two pixels, for their size alone.
  private static let digits: DigitImages = {
    let images = LabelledImages(
      images: Array(repeating: 9, count: 12), labels: [0, 1], height: 1, width: 2, channels: 3,
      classes: 2)
    return DigitImages(name: "colour", train: images, validation: images, test: images)
  }()

  private static func run(
    _ model: Classifier, _ options: [String: Setting] = options,
    data: StageInput = ToyDigits.input(digits), workspace: Workspace = ToyModels.workspace
  ) throws -> StageOutput {
    try ToyDigits.run(
      FoolingImages.self, options,
      inputs: [
        "data": [data],
        "model": [
          StageInput(
            stage: "line", output: StageOutput(artifacts: ["weights": .tensors(model.bundle)]))
        ],
      ], workspace: workspace)
  }

  /// z₀ − z₁ = 2·x₀: a class is named when x₀ has the right sign, and a sign step of 0.5 adds 0.5 in
  /// its favour, so successes go from Φ(0) = 0.5 to Φ(0.5) = 0.6915.
  @Test func theSuccessOfALinearModelIsThatOfTheNormalDistribution() throws {
    let model = ToyModels.softmax([[1, 0, 0, 0, 0, 0], [-1, 0, 0, 0, 0, 0]], bias: [0, 0])
    let output = try Self.run(model, Self.options.merging(["samples": .int(20_000)]) { $1 })
    let table = try output.table("classes")
    #expect(table.column("class") == [.integer(0), .integer(1)])
    var hits = (before: 0, after: 0)
    for row in table.rows {
      guard case .proportion(let before, 20_000) = row[1],
        case .proportion(let after, 20_000) = row[2]
      else {
        Issue.record("success is a share of the samples")
        return
      }
      // Four standard deviations of 20,000 trials.
      #expect(abs(Double(before) / 20_000 - 0.5) < 0.0142)
      #expect(abs(Double(after) / 20_000 - 0.6915) < 0.0131)
      hits = (hits.before + before, hits.after + after)
    }
    #expect(
      try output.table("success").rows == [
        [
          .text("line"), .proportion(hits: hits.before, total: 40_000),
          .proportion(hits: hits.after, total: 40_000),
        ]
      ])
    #expect(
      output.conditions["fooling-step"] == "sign" && output.conditions["fooling-size"] == "0.5")
  }

  /// A step of zero moves nothing, and a large one reaches every class of a linear model.
  @Test(arguments: FoolingStep.Direction.allCases)
  func noStepAndALongOne(_ direction: FoolingStep.Direction) throws {
    let model = ToyModels.softmax([[1, 0, 0, 2, 0, 0], [0, -1, 0, 0, 0, 1]], bias: [0, 0])
    for (size, isLong) in [(0.0, false), (1_000_000, true)] {
      let table = try Self.run(
        model,
        Self.options.merging([
          "step": .string(direction.rawValue), "size": .double(size),
        ]) { $1 }
      ).table("classes")
      for row in table.rows {
        #expect(row[2] == (isLong ? .proportion(hits: 600, total: 600) : row[1]))
      }
    }
  }

  /// The gradient of p itself, for each head, against its definition.
  @Test(arguments: HeadProbabilityTests.heads)
  func theGradientStepAddsTheGradientOfTheProbability(_ head: Classifier.Head) throws {
    let outputs = head == .sigmoid ? 1 : 3
    let text =
      head == .exponential ? "radial(5,3)" : "dense(5,6) tanh dense(6,\(outputs))"
    let model = try ToyModels.random(text, head: head, classes: head == .sigmoid ? 2 : 3, range: 1)
    let x = ToyModels.uniform([3, 5], "fooling")
    func probability(_ x: Tensor, _ row: Int) -> Double {
      let p = model.head.probabilities(model.logits(x))
      return Double(p.values[row * p.shape[1] + 1])
    }
    let step = FoolingStep(direction: .gradient, size: 2)
    let moves = step.taken(from: x, towards: 1, model) - x
    let signs = FoolingStep(direction: .sign, size: 1).taken(from: x, towards: 1, model) - x
    let h: Float = 0x1p-8
    for i in 0..<x.count {
      let sides = [h, -h].map { offset -> Double in
        var moved = x
        moved.values[i] += offset
        return probability(moved, i / 5)
      }
      let slope = (sides[0] - sides[1]) / Double(2 * h)
      #expect(abs(Double(moves.values[i]) / 2 - slope) < 1e-3, "at \(i)")
      if abs(slope) > 1e-3 { #expect(abs(signs.values[i] - (slope > 0 ? 1 : -1)) < 1e-6) }
    }
  }

  /// Pitfall B4: where p is 0 in single precision its sign still leads out; the raw gradient does not.
  @Test func B4_theSignSurvivesSaturation() {
    let model = ToyModels.softmax([[200, 0], [-200, 0]], bias: [0, 0])
    let x = ToyModels.workspace.tensor([1, 2], [1, 0.5])
    let sign = FoolingStep(direction: .sign, size: 0.25).taken(from: x, towards: 1, model)
    #expect(sign.values == [0.75, 0.5])
    let raw = FoolingStep(direction: .gradient, size: 0.25).taken(from: x, towards: 1, model)
    #expect(raw.values == x.values)
  }

  @Test func F5_aSampleDoesNotDependOnItsMates() throws {
    let model = try ToyDigits.maxout.get().classifier()
    let x = ToyModels.uniform([9, 784], -2...2, "mates")
    for direction in FoolingStep.Direction.allCases {
      let step = FoolingStep(direction: direction, size: 0.3)
      let whole = step.taken(from: x, towards: 7, model)
      for i in [0, 4, 8] {
        let alone = step.taken(from: x.rows(i..<i + 1), towards: 7, model)
        #expect(alone.values.bits == whole.rows(i..<i + 1).values.bits)
      }
    }
  }

  @Test func thePicturesAreRowsOfAClassBoxedWhereTheyFool() throws {
    let model = ToyModels.softmax([[1, 0, 0, 0, 0, 0], [-1, 0, 0, 0, 0, 0]], bias: [0, 0])
    let (none, all) = try (
      Self.run(model, Self.options.merging(["shown": .int(3)]) { $1 }).images("images"),
      Self.run(model, Self.options.merging(["size": .int(1000)]) { $1 }).images("images")
    )
    #expect(none.count == 6 && none.columns == 3 && none.channels == 3)
    #expect(all.count == 8 && all.boxed == Set(0..<8))
    // The first channel of the first pixel decides, and each picture spans its own range.
    for picture in 0..<all.count {
      let first = all.pixels[picture * 6]
      #expect(first == (picture < 4 ? 255 : 0), "the long step goes up for class 0, down for 1")
    }
    let few = try Self.run(model, Self.options.merging(["samples": .int(2)]) { $1 })
    #expect(try few.images("images").columns == 2)
  }

  @Test(arguments: Arrangement.all(threads: [1, 3]))
  func noNumberDependsOnTheArrangement(_ arrangement: Arrangement) throws {
    let options = Self.options.merging(["samples": .int(60)]) { $1 }
    let outputs = try [arrangement.workspace, ToyModels.workspace].map {
      try Self.run(
        ToyDigits.maxout.get().classifier(), options, data: ToyDigits.input, workspace: $0)
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test(arguments: [
    ("samples", Setting.int(0)), ("shown", .int(0)), ("step", .string("signs")),
    ("size", .double(-1)), ("steps", .int(1)),
  ])
  func badOptionsHaveAPlace(_ name: String, _ value: Setting) {
    let options = Self.options.merging([name: value]) { $1 }
    #expect(optionError(FoolingImages.self, options)?.path == [name])
    #expect(optionError(FoolingImages.self, Self.options) == nil)
  }
}
