import Attacks
import Contract
import Kernels
import Models
import Training

/// How the confidence of softmax regression in its mistakes depends on how long it was trained: an
/// experiment of ours, because Goodfellow, Shlens & Szegedy 2014, §4, print a confidence and no training recipe.
package struct SoftmaxConfidence: Stage {
  /// The word that names this kind of stage in the spec.
  package static let kind = "softmax-confidence"
  /// One sentence for `help` and for the report.
  package static let summary =
    "Error and confidence of softmax regression under FGSM against the length of its training."
  /// The digits to train on and to attack.
  package static let inputs = [InputSlot("data", artifacts: ["digits"])]
  /// Its artifacts, and the columns of its tables.
  package static let outputs: [OutputSlot] = [
    .table("course", "epochs", "clean_error_rate", "error_rate", "confidence"), .plot("curve"),
  ]
  /// One layer does not keep many cores busy.
  package static let isParallel = false

  private let epsilon: Double
  private let epochs: [Int]
  private let recipe: TrainingRecipe

  /// Takes `epsilon`, the list `epochs` after which to attack, and a training `recipe`.
  package init(options: inout OptionReader) throws(OptionError) {
    epsilon = try options.double("epsilon", in: 0...1)
    let epochs = try options.doubles("epochs", in: 1...1000)
    if let position = epochs.firstIndex(where: { $0 != $0.rounded() }) {
      throw OptionError(
        path: ["epochs", "\(position)"], message: "\(epochs[position]) is no number of epochs",
        hint: "give whole numbers from 1 to 1000")
    }
    self.epochs = epochs.map { Int($0) }.sorted()
    recipe = try TrainingRecipe(endless: &options)
  }

  /// Gives the table `course` and the plot `curve`.
  package func run(_ context: StageContext) throws -> StageOutput {
    let desk = try TrainingDesk(context)
    let test = desk.evaluator(desk.digits.test)
    let trainer = desk.trainer(recipe)
    let attack = FGSM(LInfBall(epsilon: Float(epsilon)))
    var state = trainer.start(
      SoftmaxRegression().start(
        on: desk.images, classes: desk.classes, seed: context.seed, in: context.workspace))
    var table = Table(
      caption: "Softmax regression on the test images after so many epochs, clean and under FGSM"
        + " with ε = \(epsilon).",
      columns: [
        Table.Column("epochs", "epochs"),
        Table.Column("clean_error_rate", "clean error", unit: "%", decimals: 2),
        Table.Column("error_rate", "error under FGSM", unit: "%", decimals: 2),
        Table.Column("confidence", "confidence on mistakes", unit: "%", decimals: 1),
      ])
    var points: [Plot.Point] = []
    while let last = epochs.last, state.epoch < last {
      try trainer.trainEpoch(&state, momentum: recipe.momentum(epoch: state.epoch + 1))
      context.progress(Progress(state.epoch, of: last, unit: "epochs"))
      guard epochs.contains(state.epoch) else { continue }
      let clean = test.evaluate(state.classifier)
      let attacked = try test.attacked(state.classifier, by: attack, seed: context.seed)
      table.append([
        .integer(state.epoch), clean.errorCell, attacked.errorCell, attacked.confidenceCell,
      ])
      if let confidence = attacked.confidenceOnMistakes {
        points.append(Plot.Point(x: Double(state.epoch), y: confidence))
      }
    }
    return context.inheriting([
      "course": .table(table),
      "curve": .plot(
        Plot(
          caption: "Confidence of softmax regression in its mistakes under FGSM, against the length"
            + " of training.",
          title: "Softmax regression under FGSM", xLabel: "epochs",
          yLabel: "confidence on mistakes (%)",
          series: [Plot.Series("confidence", points: points)])),
    ])
  }
}
