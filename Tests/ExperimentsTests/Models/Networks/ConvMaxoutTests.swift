import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Models
@testable import Stages

@Suite struct ConvMaxoutTests {
  /// A few colour images whose class shows in their mean colour.
  static let images: DigitImages = {
    let seed = Seed(3, stage: "colours")
    func part(_ count: Int, _ name: String) -> LabelledImages {
      let labels = (0..<count).map { UInt8($0 % 3) }
      let noise = seed.forked(name)
      let pixels = labels.enumerated().flatMap { i, label in
        (0..<3 * 16 * 16).map { place -> UInt8 in
          let base = place / 256 == Int(label) ? 150 : 60
          return UInt8(base + noise.below(60, at: i * 768 + place))
        }
      }
      return LabelledImages(
        images: pixels, labels: labels, height: 16, width: 16, channels: 3, classes: 3)
    }
    return DigitImages(
      name: "colours", train: part(60, "train"), validation: part(30, "validation"),
      test: part(30, "test"))
  }()

  static let whitening = Whitening(
    norm: 10, bias: 0.1, mean: [Float](repeating: 0, count: 768),
    matrix: ToyModels.workspace.tensor(
      [768, 768], (0..<768 * 768).map { $0 % 769 == 0 ? 1.5 : 0 }))

  static let options: [String: Setting] = ToyDigits.training.merging([
    "network": .string("conv-maxout"), "channels": .list([.int(2), .int(3), .int(3)]),
    "dense-units": .int(8), "initial-range": .double(0.1),
    "recipe": .string("layerwise-descent"), "batch": .int(20), "learning-rate": .double(0.05),
    "first-momentum": .double(0.5), "last-momentum": .double(0.7), "momentum-epochs": .int(10),
    "convolution-rate": .double(0.5), "last-rate": .double(0.1), "rate-epochs": .int(3),
    "stop": .string("patience"), "patience": .int(100), "maximum-epochs": .int(3),
  ]) { $1 }

  static func inputs() -> [String: [StageInput]] {
    [
      "data": [ToyDigits.input(images)],
      "whitening": [
        StageInput(
          stage: "whitening",
          output: StageOutput(artifacts: ["whitening": .tensors(whitening.bundle)]))
      ],
    ]
  }

  @Test func theRecipesNetworkHasItsSizes() {
    let network = ConvMaxoutNetwork(channels: [96, 192, 192], denseUnits: 500)
    let shapes = network.architecture(channels: 3, height: 32, width: 32, classes: 10)
      .network.weightShapes
    #expect(
      shapes == [
        [192, 3, 8, 8], [192], [384, 96, 8, 8], [384], [384, 192, 5, 5], [384],
        [2500, 192 * 25], [2500], [10, 500], [10],
      ])
    #expect(shapes.count == ConvMaxoutNetwork.normCaps.count)
    #expect(shapes.map { $0.count > 1 } == ConvMaxoutNetwork.normCaps.map { $0 != nil })
  }

  @Test func anInterruptionChangesNoBit() throws {
    func run(_ threads: Int, _ checkpoint: Checkpoint) throws -> StageOutput {
      try ToyDigits.run(
        Train.self, Self.options, name: "conv", inputs: Self.inputs(),
        workspace: Workspace(threads: threads), checkpoint: checkpoint)
    }
    let killed = Kept(atMost: 1)
    let whole = try run(1, killed.checkpoint)
    let later = Kept(killed.bundle)
    let isSame = try run(2, later.checkpoint) == whole
    #expect(isSame && later.offered == 2)
    #expect(whole.conditions["conv/training"] == "3 epochs on 60 images")
    #expect(whole.deviations.contains { $0.what.contains("2, 3, 3 channels") })
  }

  /// The whitening goes along with the weights, so that every stage shows the network its own kind
  /// of numbers, and ε is in their units.
  @Test func attacksSeeWhitenedImages() throws {
    let model = StageInput(
      stage: "conv",
      output: try ToyDigits.run(
        Train.self, Self.options, name: "conv", inputs: Self.inputs()))
    let classifier = try model.classifier(in: ToyModels.workspace)
    let test = try model.evaluator(Self.images.test, for: classifier, in: ToyModels.workspace)
    let expected = Self.whitening.apply(Self.images.test, in: ToyModels.workspace)
    #expect(test.pixels(0..<30).values.bits == expected.values.bits)
    let table = try ToyDigits.run(
      Craft.self, CraftErrorsTests.options(),
      inputs: ["data": [ToyDigits.input(Self.images)], "models": [model]])
    guard case .images(let grid)? = table.artifacts["examples"] else {
      Issue.record("there are no pictures")
      return
    }
    #expect(grid.channels == 3 && grid.count == 20)
    // The first picture is the first test image, its channels side by side at each place.
    let first = Array(Self.images.test.image(0))
    #expect(
      Array(grid.pixels[..<6]) == [
        first[0], first[256], first[512], first[1], first[257], first[513],
      ])
  }

  @Test(arguments: [
    ("channels", Setting.list([.int(2), .int(3)])),
    ("channels", .list([.int(2), .int(3), .double(1.5)])),
    ("dense-units", .int(0)), ("convolution-rate", .int(-1)), ("last-rate", .int(2)),
  ])
  func badOptionsAreErrorsWithAPlace(_ name: String, _ value: Setting) {
    var reader = OptionReader(Self.options.merging([name: value]) { $1 })
    let error = #expect(throws: OptionError.self) { try Train(options: &reader) }
    #expect(error?.path.first == name)
  }
}
