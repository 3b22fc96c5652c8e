import Contract
import Kernels
import Training

/// Trains the maxout network on noisy images, the control experiments beside adversarial training.
///
/// Goodfellow, Shlens & Szegedy 2014, §6.
package struct NoiseTraining: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "train-maxout-on-noise"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Trains the maxout network with random noise (Goodfellow, Shlens & Szegedy 2014, section 6)."
  /// The digits to train on.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs = TrainingOutput.outputs(watching: "validation_error")
  /// Products of this size keep many cores busy.
  package static let isParallel = true

  private let noise: NoiseObjective
  private let recipe: MaxoutRecipe
  private let continueEpochs: Int

  /// Takes the kind of `noise` (`sign` or `uniform`), its `epsilon` in pixel units, and what
  /// `train-maxout` takes.
  package init(options: inout OptionReader) throws(OptionError) {
    noise = NoiseObjective(
      kind: try options.choice("noise", of: NoiseObjective.Kind.self),
      epsilon: Float(try options.double("epsilon", in: 0...1)))
    recipe = try MaxoutRecipe(&options)
    continueEpochs = try options.int("continue-epochs", in: 0...10_000)
  }

  /// Gives `weights`, `curve` and `plot`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let words = noise.kind == .sign ? "±ε on every pixel" : "noise between −ε and ε"
    return try context.trainMaxout(
      recipe, noise, continueEpochs: continueEpochs,
      title: "the maxout network with \(words)",
      deviations: [
        Deviation(
          "training with noise: every image of every batch is noisy",
          because: "the paper does not say whether clean images stay in the batches")
      ])
  }
}
