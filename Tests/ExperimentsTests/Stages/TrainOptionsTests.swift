import Testing

@testable import Contract
@testable import Stages
@testable import Training

/// Pieces combine freely, and what does not go together is told when the spec is read.
@Suite struct TrainOptionsTests {
  static let adversarial: [String: Setting] = [
    "objective": .string("adversarial"), "alpha": .double(0.5), "epsilon": .double(0.1),
    "perturbed-layer": .int(0), "one-mask": .bool(false),
  ]
  static let softmax = ToyDigits.softmaxOptions(epochs: 1)
  static let maxout = ToyDigits.maxoutOptions(epochs: 1)

  /// Options that do not go together, and the option that is to blame.
  static let contradictions: [(options: [String: Setting], path: String)] = [
    (
      softmax.merging(["objective": .string("worst-case"), "epsilon": .int(0)]) { $1 },
      "objective"
    ),
    (maxout.merging(["objective": .string("margin"), "coefficient": .int(0)]) { $1 }, "objective"),
    (
      ToyDigits.logisticOptions(epochs: 1).merging(["objective": .string("rubbish")]) { $1 },
      "objective"
    ),
    (
      softmax.merging(adversarial) { $1 }.merging(["perturbed-layer": .int(1)]) { $1 },
      "perturbed-layer"
    ),
    (softmax.merging(["watch": .list([.string("adversarial")])]) { $1 }, "watch"),
    (softmax.merging(["watch": .list([])]) { $1 }, "watch"),
    (
      maxout.merging([
        "sequel": .string("continue"), "continue-epochs": .int(1),
        "watch": .list([.string("training")]),
      ]) { $1 }, "sequel"
    ),
    (
      maxout.merging([
        "sequel": .string("retrain"), "watch": .list([]), "stop": .string("epochs"),
        "epochs": .int(1),
      ]) { $1 }.filter { !["patience", "maximum-epochs"].contains($0.key) }, "sequel"
    ),
    (
      maxout.merging([
        "recipe": .string("layerwise-descent"), "convolution-rate": .int(1), "last-rate": .int(1),
        "rate-epochs": .int(1),
      ]) { $1 }.filter { !["learning-rate-divisor", "norm-cap"].contains($0.key) }, "recipe"
    ),
  ]

  @Test(arguments: contradictions.indices)
  func whatDoesNotGoTogetherHasAPlace(_ index: Int) {
    let (options, path) = Self.contradictions[index]
    #expect(optionError(Train.self, options)?.path == [path])
  }

  @Test(arguments: [
    ("network", Setting.string("maxou")), ("watch", .list([.string("clen")])),
    ("watch", .list([.string("clean"), .string("clean")])), ("watch", .string("clean")),
    ("learn-from", .string("test")), ("accuracy-of", .list([.string("tests")])),
    ("head", .string("tanh")), ("stop", .string("never")), ("sequel", .string("film")),
  ])
  func badOptionsHaveAPlace(_ name: String, _ value: Setting) {
    #expect(optionError(Train.self, Self.maxout.merging([name: value]) { $1 })?.path.first == name)
  }

  /// Any objective that takes any network, with any network; one epoch of each.
  @Test(
    arguments: ["clean", "noise", "l1-decay", "adversarial"], ["softmax", "logistic", "maxout"])
  func objectivesAndNetworksCombine(_ objective: String, _ network: String) throws {
    let base = [
      "softmax": Self.softmax, "logistic": ToyDigits.logisticOptions(epochs: 1),
      "maxout": Self.maxout,
    ]
    let own: [String: [String: Setting]] = [
      "clean": [:], "noise": ["noise": .string("uniform"), "epsilon": .double(0.1)],
      "l1-decay": ["coefficient": .double(0.001)], "adversarial": Self.adversarial,
    ]
    let options = try #require(base[network]).merging(["objective": .string(objective)]) { $1 }
      .merging(try #require(own[objective])) { $1 }
    let output = try ToyDigits.run(
      Train.self, options, inputs: ["data": [ToyDigits.input(ToyDigits.small)]])
    #expect(try ToyDigits.validationErrors(output).count == 1)
  }

  /// What is declared for its options is what a training gives.
  @Test func whatIsGivenStandsOnTheOptions() throws {
    let options = Self.maxout.merging([
      "watch": .list([.string("training"), .string("clean")]),
      "accuracy-of": .list([.string("test")]),
    ]) { $1 }
    var reader = OptionReader(options)
    let declared = try Train(options: &reader).outputs
    let output = try ToyDigits.run(
      Train.self, options, inputs: ["data": [ToyDigits.input(ToyDigits.small)]])
    #expect(output.departure(from: declared) == nil)
    #expect(
      output.artifacts.keys.sorted() == ["accuracy", "curve", "other-weights", "plot", "weights"])
    let curve = try #require(declared.first { $0.name == "curve" })
    #expect(curve.columns == ["epoch", "training_error", "validation_error", "training_loss"])
    #expect(output.departure(from: Train.outputs) != nil, "the kind may give more")
  }
}
