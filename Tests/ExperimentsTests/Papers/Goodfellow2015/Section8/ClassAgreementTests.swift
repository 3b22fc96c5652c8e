import Kernels
import Testing

@testable import Contract
@testable import Datasets
@testable import Goodfellow2015
@testable import Models

@Suite struct ClassAgreementTests {
  static let options: [String: Setting] = ["attack": ToyAttack.fgsm(epsilon: 0.25)]

  /// One image a pixel; each class is told by a threshold on it, so that all can be counted by hand.
  private static let pixels: [UInt8] = [51, 102, 102, 153, 204, 255]
  private static let labels: [UInt8] = [0, 0, 1, 1, 2, 2]
  private static let digits: DigitImages = {
    let images = LabelledImages(images: pixels, labels: labels, height: 1, width: 1, classes: 3)
    return DigitImages(name: "six", train: images, validation: images, test: images)
  }()

  /// Straight lines through one pixel whose largest is class 0 below `low`, 2 above `high`.
  private static func model(_ name: String, low: Float, high: Float) -> StageInput {
    let model = ToyModels.softmax([[0], [1], [2]], bias: [0, -low, -low - high])
    return StageInput(
      stage: name, output: StageOutput(artifacts: ["weights": .tensors(model.bundle)]))
  }

  private static func run(
    _ source: StageInput, _ models: [StageInput], _ options: [String: Setting] = options,
    workspace: Workspace = ToyModels.workspace
  ) throws -> StageOutput {
    try ToyDigits.run(
      ClassAgreement.self, options,
      inputs: ["data": [ToyDigits.input(digits)], "source": [source], "models": models],
      workspace: workspace)
  }

  /// Without a step the images are 0.2, 0.4, 0.4, 0.6, 0.8 and 1, of classes 0 0 1 1 2 2.
  @Test func sharesAreThoseCountedByHand() throws {
    // The source names 1 1 1 2 2 2: wrong on the first, the second and the fourth image.
    let source = Self.model("maxout", low: 0.1, high: 0.5)
    // The next names 0 1 1 1 2 2 and agrees on the second alone, where both are wrong.
    let softmax = Self.model("softmax", low: 0.3, high: 0.7)
    // The last names 0 0 0 0 0 0: on the fourth it is wrong otherwise than the source.
    let rbf = Self.model("rbf", low: 5, high: 9)
    let table = try Self.run(
      source, [softmax, rbf], ["attack": ToyAttack.fgsm(epsilon: 0)]
    ).table("agreement")
    #expect(
      table.columns.map(\.name) == [
        "model", "replicate", "named_by", "source_mistakes", "both_wrong",
      ])
    #expect(
      table.rows == [
        [
          .text("softmax"), .integer(1), .text("maxout"), .proportion(hits: 1, total: 3),
          .proportion(hits: 1, total: 1),
        ],
        [
          .text("rbf"), .integer(1), .text("maxout"), .proportion(hits: 0, total: 3),
          .proportion(hits: 0, total: 1),
        ],
        // Of these they name 0 1 1 and 0 0 0: the same on the first, where both are right.
        [
          .text("rbf"), .integer(1), .text("softmax"), .proportion(hits: 1, total: 3), .missing,
        ],
      ])
  }

  @Test func withoutMistakesThereIsNoShare() throws {
    // No image is wrong: the two of 0.4 differ in their class, so one of them goes.
    let source = Self.model("maxout", low: 0.5, high: 0.7)
    let right = DigitImages(
      name: "right", train: Self.digits.train, validation: Self.digits.validation,
      test: Self.digits.test.subset([0, 1, 3, 4, 5]))
    let output = try ToyDigits.run(
      ClassAgreement.self, ["attack": ToyAttack.fgsm(epsilon: 0)],
      inputs: [
        "data": [ToyDigits.input(right)], "source": [source],
        "models": [Self.model("softmax", low: 0.1, high: 0.5)],
      ])
    #expect(try output.table("agreement").rows[0].suffix(2) == [.missing, .missing])
    #expect(try output.table("transfer").column("error_rate")[0] == .proportion(hits: 0, total: 5))
  }

  /// Pitfall F1: images made on one model say nothing about another's robustness; both numbers differ,
  /// and the table of the others is called transfer.
  @Test func F1_imagesAreMadeOnTheSourceAlone() throws {
    let (source, other) = (ToyDigits.maxout, ToyDigits.softmax)
    let models = [StageInput(stage: "softmax", output: try other.get())]
    let output = try ToyDigits.run(
      ClassAgreement.self, ["attack": ToyAttack.fgsm(epsilon: 0.1)],
      inputs: [
        "data": [ToyDigits.input],
        "source": [StageInput(stage: "maxout", output: try source.get())], "models": models,
      ])
    let (maxout, softmax) = (try source.get().classifier(), try other.get().classifier())
    let test = ToyDigits.parts.test
    var wrong = (maxout: 0, softmax: 0, own: 0)
    var share = (hits: 0, both: 0, bothHits: 0)
    for i in 0..<test.count {
      let x = ToyModels.workspace.tensor([1, 784], test.pixels(i..<i + 1))
      let label = Int(test.labels[i])
      func moved(_ model: Classifier) -> Tensor {
        x.adding(model.lossGradient(at: x, labels: [label]).sign(), scaledBy: 0.1)
      }
      let named = [maxout, softmax].map { $0.answers(moved(maxout))[0].label }
      if named[0] != label { wrong.maxout += 1 }
      if named[1] != label { wrong.softmax += 1 }
      if softmax.answers(moved(softmax))[0].label != label { wrong.own += 1 }
      guard named[0] != label else { continue }
      if named[0] == named[1] { share.hits += 1 }
      if named[1] != label { share.both += 1 }
      if named[1] != label, named[0] == named[1] { share.bothHits += 1 }
    }
    #expect(wrong.softmax != wrong.own, "the case must tell the two apart")
    let transfer = try output.table("transfer")
    #expect(
      transfer.column("error_rate") == [
        .proportion(hits: wrong.maxout, total: 200), .proportion(hits: wrong.softmax, total: 200),
      ])
    #expect(
      try output.table("agreement").rows == [
        [
          .text("softmax"), .integer(1), .text("maxout"),
          .proportion(hits: share.hits, total: wrong.maxout),
          .proportion(hits: share.bothHits, total: share.both),
        ]
      ])
    #expect(output.conditions["attack"] == "fgsm")
  }

  @Test(arguments: Arrangement.all(threads: [1, 3]))
  func noNumberDependsOnTheArrangement(_ arrangement: Arrangement) throws {
    let inputs = [
      "data": [ToyDigits.input],
      "source": [StageInput(stage: "maxout", output: try ToyDigits.maxout.get())],
      "models": [StageInput(stage: "softmax", output: try ToyDigits.softmax.get())],
    ]
    let outputs = try [arrangement.workspace, ToyModels.workspace].map {
      try ToyDigits.run(ClassAgreement.self, Self.options, inputs: inputs, workspace: $0)
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test func modelsOfOtherClassesAreRefused() throws {
    let failure = #expect(throws: StageFailure.self) {
      try ToyDigits.run(
        ClassAgreement.self, Self.options,
        inputs: [
          "data": [ToyDigits.input],
          "source": [StageInput(stage: "maxout", output: ToyDigits.maxout.get())],
          "models": [StageInput(stage: "logistic", output: ToyDigits.logistic.get())],
        ])
    }
    #expect(failure?.blame == .data)
    #expect(failure?.description.contains("‘logistic’") == true)
  }

  @Test(arguments: [
    ("attack", Setting.string("fgsm"), ["attack"]),
    ("attack", ToyAttack.fgsm(epsilon: -0.1), ["attack", "epsilon"]),
    ("attack", .map(["kind": .string("fgms")]), ["attack", "kind"]),
    ("epsilon", .double(0.1), ["epsilon"]),
  ])
  func badOptionsHaveAPlace(_ name: String, _ value: Setting, _ path: [String]) {
    let options = Self.options.merging([name: value]) { $1 }
    #expect(optionError(ClassAgreement.self, options)?.path == path)
    #expect(optionError(ClassAgreement.self, Self.options) == nil)
  }
}
