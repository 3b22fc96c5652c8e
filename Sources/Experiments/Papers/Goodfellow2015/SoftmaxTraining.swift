import Kernels

/// Trains shallow softmax regression.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// The paper says nothing about the optimiser or when it stopped: here minibatch gradient descent
/// with early stopping on the validation error, as for the maxout network beside it.
public struct SoftmaxTraining: Stage {
  /// The word that names this kind of stage in the spec.
  public static let kind = "train-softmax"
  /// One sentence for `help` and for the report.
  public static let summary =
    "Trains shallow softmax regression (Goodfellow, Shlens & Szegedy 2014, section 4)."
  /// The digits to train on.
  public static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// One layer does not keep many cores busy.
  public static let isParallel = false

  private let recipe: TrainingRecipe

  /// Takes a training recipe.
  public init(options: inout OptionReader) throws(OptionError) {
    recipe = try TrainingRecipe(&options)
  }

  /// Gives `weights`, `curve` and `plot`.
  public func run(_ context: StageContext) throws -> StageOutput {
    let digits = try context.input("data").digits()
    let classes = Array(0..<digits.train.classes)
    let architecture = SoftmaxRegression.architecture(
      pixels: digits.train.pixelsPerImage, classes: classes.count)
    let validation = Evaluator(digits.validation, for: classes, in: context.workspace)
    let trainer = Trainer(
      recipe, on: digits.train, validation: validation, classes: classes, seed: context.seed,
      workspace: context.workspace)
    let state = try trainer.run(
      context,
      from: Classifier(
        architecture: architecture,
        weights: SoftmaxRegression.initialWeights(architecture, in: context.workspace),
        head: .softmax, classes: classes))
    let best = Classifier(
      architecture: architecture, weights: state.best.weights, head: .softmax, classes: classes)
    let output = TrainingOutput(
      title: "softmax regression", validationCount: validation.images.count, curve: state.curve)
    return context.inheriting(
      [
        "weights": .tensors(best.bundle), "curve": .table(output.table),
        "plot": .plot(output.plot),
      ],
      deviations: [
        Deviation(
          "softmax regression: optimiser and stopping rule are ours, and training uses \(digits.train.count) images",
          because:
            "the paper does not state them; the error under attack hardly depends on them, the"
            + " confidence grows with the length of training")
      ])
  }
}
