import Contract
import Kernels
import Models
import Training

/// The two digits that logistic regression tells apart.
struct DigitPair: Hashable, Sendable {
  /// The digit with y = −1, and the one with y = +1.
  let classes: [Int]

  /// Reads `negative` and `positive`, which must differ.
  init(_ options: inout OptionReader) throws(OptionError) {
    let negative = try options.int("negative", in: 0...9)
    let positive = try options.int("positive", in: 0...9)
    guard negative != positive else {
      throw OptionError(
        path: ["positive"], message: "‘positive’ and ‘negative’ are the same digit",
        hint: "give two different digits")
    }
    classes = [negative, positive]
  }

  /// In words, such as `3 against 7`.
  var text: String { "\(classes[0]) against \(classes[1])" }
}

extension TrainingDesk {
  /// Logistic regression with any objective: the trainer, where it ended, and the best model.
  func trainLogistic(
    _ recipe: TrainingRecipe, _ objective: any Objective, watches: [Watch]? = nil,
    _ context: StageContext
  ) throws(StageFailure) -> (trainer: Trainer, state: Trainer.State, best: Classifier) {
    let start = logisticStart
    let trainer = trainer(recipe, objective, watches: watches)
    let state = try trainer.run(context, from: start)
    return (trainer, state, start.with(state.best.weights))
  }
}
