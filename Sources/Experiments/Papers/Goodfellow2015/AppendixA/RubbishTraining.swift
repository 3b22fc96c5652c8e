import Contract
import Kernels
import Models
import Training

/// Trains the maxout network to see nothing in rubbish.
///
/// Goodfellow, Shlens & Szegedy 2014, appendix A: this cures the false positives, and does nothing for
/// the clean error or against adversarial examples.
package struct RubbishTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-maxout-on-rubbish"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains the maxout network with Gaussian rubbish (Goodfellow, Shlens & Szegedy 2014, appendix A)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// Products of this size keep many cores busy.
  package static let isParallel = true

  private let recipe: MaxoutRecipe
  private let continueEpochs: Int
  private let head: MaxoutHead

  /// Takes what `train-maxout` takes, and the `head`, `softmax` or `independent-sigmoids`.
  package init(options: inout OptionReader) throws(OptionError) {
    recipe = try MaxoutRecipe(&options)
    continueEpochs = try options.int("continue-epochs", in: 0...10_000)
    head = try options.choice("head", of: MaxoutHead.self)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let wanted = head == .softmax ? "equal probabilities" : "“no” from every class"
    return try context.trainMaxout(
      recipe, RubbishObjective(), head: head.head, continueEpochs: continueEpochs,
      title: "the maxout network with rubbish",
      deviations: [
        Deviation(
          "training on rubbish: half of the loss is that of as many draws of N(0, I) as there are"
            + " images, made anew at every step, which ask for \(wanted)",
          because: "the paper says that it can be done and not how")
      ])
  }
}

/// What stands on top of a maxout network that unlearns rubbish.
enum MaxoutHead: String, CaseIterable, Sendable {
  /// Ten probabilities that add up to 1.
  case softmax
  /// Ten that do not.
  case independentSigmoids = "independent-sigmoids"

  var head: Classifier.Head { self == .softmax ? .softmax : .independentSigmoids }
}
