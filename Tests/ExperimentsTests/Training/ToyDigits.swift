import Kernels

@testable import Contract
@testable import Datasets
@testable import Goodfellow2015
@testable import Models

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
  static let softmax = Result { try trained(SoftmaxTraining.self, recipe(epochs: 8)) }
  /// Logistic regression of 3 and 7.
  static let logistic = Result {
    try trained(
      LogisticTraining.self,
      recipe(epochs: 8).merging(["negative": .int(3), "positive": .int(7)]) { $1 })
  }
  /// A small maxout network.
  static let maxout = Result {
    try trained(MaxoutTraining.self, maxoutOptions(epochs: 6), name: "maxout")
  }

  /// The options of a training recipe.
  static func recipe(
    epochs: Int, learningRate: Double = 0.1, momentum: Double = 0.5, cap: Double = 0,
    patience: Int = 100
  ) -> [String: Setting] {
    [
      "batch": .int(50), "learning-rate": .double(learningRate),
      "learning-rate-divisor": .double(1.00001), "first-momentum": .double(momentum),
      "last-momentum": .double(0.7), "momentum-epochs": .int(10), "norm-cap": .double(cap),
      "patience": .int(patience), "maximum-epochs": .int(epochs),
    ]
  }

  /// The options of a small maxout network.
  static func maxoutOptions(epochs: Int, continueEpochs: Int = 0, patience: Int = 100)
    -> [String: Setting]
  {
    recipe(epochs: epochs, cap: 1.9365, patience: patience).merging([
      "units": .int(24), "pieces": .int(3), "input-keep": .double(0.8),
      "hidden-keep": .double(0.5), "initial-range": .double(0.05),
      "continue-epochs": .int(continueEpochs),
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

  private static func trained<Kind: Stage>(
    _ kind: Kind.Type, _ options: [String: Setting], name: String = Kind.kind
  ) throws -> StageOutput {
    try run(kind, options, name: name, inputs: ["data": [input]])
  }
}

extension StageOutput {
  /// The classifier of a training stage's answer.
  func classifier(in workspace: Workspace = ToyModels.workspace) throws -> Classifier {
    try StageInput(stage: "toy", output: self).classifier(in: workspace)
  }
}
