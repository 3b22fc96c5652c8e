import Kernels

@testable import Contract
@testable import Datasets
@testable import Models
@testable import Stages

/// Synthetic digits drawn once for all tests, and recipes and models trained on them.
enum ToyDigits {
  static let parts = SyntheticDigits.parts(
    train: 600, validation: 200, test: 200, seed: Seed(9, stage: "toy digits"))

  /// So few that a whole training takes no time.
  static let small = DigitImages(
    name: parts.name, train: parts.train.subset(0..<120),
    validation: parts.validation.subset(0..<60),
    test: parts.test.subset(0..<60))

  /// Softmax regression after a few epochs: errs on a few of the test digits.
  static let softmax = Result { try trained(softmaxOptions(epochs: 8), name: "softmax") }
  /// Logistic regression of 3 and 7.
  static let logistic = Result { try trained(logisticOptions(epochs: 8), name: "logistic") }
  /// A small maxout network.
  static let maxout = Result { try trained(maxoutOptions(epochs: 6), name: "maxout") }

  /// The options of gradient descent.
  static func descent(
    learningRate: Double = 0.1, momentum: Double = 0.5, cap: Double = 0
  ) -> [String: Setting] {
    [
      "recipe": .string("gradient-descent"), "batch": .int(50),
      "learning-rate": .double(learningRate), "learning-rate-divisor": .double(1.00001),
      "first-momentum": .double(momentum), "last-momentum": .double(0.7),
      "momentum-epochs": .int(10), "norm-cap": .double(cap),
    ]
  }

  /// The options of a training recipe that ends by its patience.
  static func recipe(
    epochs: Int, learningRate: Double = 0.1, momentum: Double = 0.5, cap: Double = 0,
    patience: Int = 100
  ) -> [String: Setting] {
    descent(learningRate: learningRate, momentum: momentum, cap: cap).merging([
      "stop": .string("patience"), "patience": .int(patience), "maximum-epochs": .int(epochs),
    ]) { $1 }
  }

  /// What a training says beside its network and recipe.
  static let training: [String: Setting] = [
    "objective": .string("clean"), "watch": .list([.string("clean")]), "sequel": .string("none"),
    "learn-from": .string("training"), "accuracy-of": .list([]),
  ]

  /// A training of a network by a recipe.
  static func training(
    _ network: String, _ recipe: [String: Setting]
  ) -> [String: Setting] {
    training.merging(recipe) { $1 }.merging(["network": .string(network)]) { $1 }
  }

  /// The options of softmax regression.
  static func softmaxOptions(epochs: Int, patience: Int = 100) -> [String: Setting] {
    training("softmax-regression", recipe(epochs: epochs, patience: patience))
  }

  /// The options of logistic regression of 3 and 7.
  static func logisticOptions(epochs: Int) -> [String: Setting] {
    training("logistic-regression", recipe(epochs: epochs))
      .merging(["negative": .int(3), "positive": .int(7)]) { $1 }
  }

  /// The options of a small maxout network.
  static func maxoutOptions(
    epochs: Int, continueEpochs: Int? = nil, patience: Int = 100
  ) -> [String: Setting] {
    let options = training("maxout", recipe(epochs: epochs, cap: 1.9365, patience: patience))
      .merging([
        "units": .int(24), "pieces": .int(3), "input-keep": .double(0.8),
        "hidden-keep": .double(0.5), "initial-range": .double(0.05), "head": .string("softmax"),
      ]) { $1 }
    guard let continueEpochs else { return options }
    return options.merging([
      "sequel": .string("continue"), "continue-epochs": .int(continueEpochs),
    ]) { $1 }
  }

  /// The data-set stage's answer, as training stages receive it.
  static var input: StageInput { input(parts) }

  static func input(_ digits: DigitImages) -> StageInput {
    StageInput(
      stage: "digits",
      output: StageOutput(
        artifacts: ["digits": .tensors(digits.bundle)], conditions: digits.conditions))
  }

  /// What a stage answers on these inputs.
  static func run<Kind: Stage>(
    _ kind: Kind.Type, _ options: [String: Setting], name: String = Kind.kind,
    inputs: [String: [StageInput]], workspace: Workspace = ToyModels.workspace,
    checkpoint: Checkpoint = .none
  ) throws -> StageOutput {
    var reader = OptionReader(options)
    let stage = try Kind(options: &reader)
    try reader.finish()
    return try stage.run(
      StageContext(
        name: name, inputs: inputs, seed: Seed(4, stage: Kind.kind), workspace: workspace,
        checkpoint: checkpoint))
  }

  /// Wrong validation answers after each epoch of a training stage's answer.
  static func validationErrors(_ output: StageOutput) throws -> [Int] {
    guard case .table(let table)? = output.artifacts["curve"],
      let column = table.index(of: "validation_error")
    else { throw StageFailure(.data, "a training stage gives a curve with validation errors") }
    return table.rows.compactMap {
      if case .proportion(let hits, _) = $0[column] { hits } else { nil }
    }
  }

  private static func trained(
    _ options: [String: Setting], name: String
  ) throws -> StageOutput {
    try run(Train.self, options, name: name, inputs: ["data": [input]])
  }
}

extension StageOutput {
  /// The classifier of a training stage's answer.
  func classifier(in workspace: Workspace = ToyModels.workspace) throws -> Classifier {
    try StageInput(stage: "toy", output: self).classifier(in: workspace)
  }
}
