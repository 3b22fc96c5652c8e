import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Goodfellow2015
@testable import Models

@Suite struct RubbishTableTests {
  static let options: [String: Setting] = ["samples": .int(700), "threshold": .double(0.5)]

  /// Images of two pixels, for their size alone.
  private static let digits: DigitImages = {
    let images = LabelledImages(
      images: [0, 255, 255, 0], labels: [0, 1], height: 1, width: 2, classes: 2)
    return DigitImages(name: "two", train: images, validation: images, test: images)
  }()

  private static func input(_ name: String, _ model: Classifier) -> StageInput {
    StageInput(stage: name, output: StageOutput(artifacts: ["weights": .tensors(model.bundle)]))
  }

  private static func run(
    _ models: [StageInput], _ options: [String: Setting] = options,
    data: StageInput = ToyDigits.input(digits), workspace: Workspace = ToyModels.workspace
  ) throws -> StageOutput {
    try ToyDigits.run(
      RubbishTable.self, options, inputs: ["data": [data], "models": models],
      workspace: workspace)
  }

  /// A model that sees a 0 everywhere, one that is undecided, and an RBF network that is far away.
  @Test func certaintyDoubtAndDistance() throws {
    let sure = ToyModels.softmax([[0, 0], [0, 0]], bias: [2, 0])
    let torn = ToyModels.softmax([[0, 0], [0, 0]], bias: [0, 0])
    let far = Classifier(
      architecture: Architecture([RadialBasis(inputs: 2, outputs: 2)]),
      weights: [
        ToyModels.workspace.tensor([2, 2], [1, 1, 1, 1]),
        ToyModels.workspace.tensor([2, 2], [100, 100, -100, 100]),
      ], head: .exponential, classes: [0, 1])
    let output = try Self.run([
      Self.input("sure", sure), Self.input("torn", torn), Self.input("rbf", far),
    ])
    let table = try output.table("rubbish")
    #expect(table.column("model") == [.text("sure"), .text("torn"), .text("rbf")])
    #expect(
      table.column("error_rate") == [
        .proportion(hits: 700, total: 700), .proportion(hits: 0, total: 700),
        .proportion(hits: 0, total: 700),
      ])
    guard case .number(let confidence) = table.rows[0][3] else {
      Issue.record("a model with mistakes has a confidence in them")
      return
    }
    #expect(abs(confidence - 88.0797) < 1e-3, "1 / (1 + e⁻²)")
    #expect(table.column("confidence").suffix(2) == [.missing, .missing])
    let classes = try output.table("classes")
    #expect(
      classes.rows.prefix(3) == [
        [.text("sure"), .integer(1), .integer(0), .proportion(hits: 700, total: 700)],
        [.text("sure"), .integer(1), .integer(1), .proportion(hits: 0, total: 700)],
        [.text("torn"), .integer(1), .integer(0), .missing],
      ])
    #expect(output.conditions["rubbish-samples"] == "700")
    #expect(output.conditions["rubbish-threshold"] == "0.5")
  }

  /// z₀ − z₁ is t·x₀ with x₀ ~ N(0, 1): above one half either way, and for a threshold p the share is
  /// that of |t·x₀| > log(p / (1 − p)).
  @Test func theShareOfALinearModelIsThatOfTheNormalDistribution() throws {
    let model = ToyModels.softmax([[2, 0], [0, 0]], bias: [0, 0])
    let options: [String: Setting] = ["samples": .int(20_000), "threshold": .double(0.880797)]
    let output = try Self.run([Self.input("line", model)], options)
    guard case .proportion(let hits, let total) = try output.table("rubbish").rows[0][2],
      case .proportion(let zeros, _) = try output.table("classes").rows[0][3]
    else {
      Issue.record("errors and classes are shares")
      return
    }
    // |x₀| > 1 has a probability of 0.3173; four standard deviations of 20,000 trials.
    #expect(abs(Double(hits) / Double(total) - 0.3173) < 0.0132)
    #expect(abs(Double(zeros) / Double(hits) - 0.5) < 0.026, "either sign is as likely")
  }

  /// Pitfall F5: a draw depends on its position alone.
  @Test func F5_drawsDoNotDependOnTheirNumber() {
    func draws(_ count: Int) -> [Float] {
      var all: [Float] = []
      Rubbish(
        count: count, pixels: 7, seed: Seed(1, stage: "rubbish"), workspace: ToyModels.workspace
      ).forEachBlock { range, x in
        #expect(x.shape == [range.count, 7] && range.lowerBound * 7 == all.count)
        all += x.values
      }
      return all
    }
    let many = draws(1203)
    #expect(many.count == 1203 * 7)
    for count in [1, 3, 499, 501, 1000] {
      #expect(draws(count).bits == Array(many.prefix(count * 7)).bits)
    }
    #expect(Set(many.prefix(7000).map(\.bitPattern)).count > 6900, "blocks do not repeat")
  }

  @Test(arguments: Arrangement.all(threads: [1, 3]))
  func noNumberDependsOnTheArrangement(_ arrangement: Arrangement) throws {
    let models = [
      StageInput(stage: "maxout", output: try ToyDigits.maxout.get()),
      StageInput(stage: "softmax", output: try ToyDigits.softmax.get()),
    ]
    let outputs = try [arrangement.workspace, ToyModels.workspace].map {
      try Self.run(models, data: ToyDigits.input, workspace: $0)
    }
    #expect(outputs[0] == outputs[1])
    // Other models beside it change nothing about a model.
    let alone = try Self.run([models[1]], data: ToyDigits.input)
    #expect(
      try alone.table("rubbish").rows == [outputs[0].table("rubbish").rows[1]])
  }

  @Test(arguments: [
    ("samples", Setting.int(0)), ("samples", .double(10.5)), ("threshold", .double(-0.1)),
    ("threshold", .int(2)), ("sample", .int(3)),
  ])
  func badOptionsHaveAPlace(_ name: String, _ value: Setting) {
    let options = Self.options.merging([name: value]) { $1 }
    #expect(optionError(RubbishTable.self, options)?.path == [name])
    #expect(optionError(RubbishTable.self, Self.options) == nil)
  }
}
