import Attacks
import Contract
import Kernels
import Models

/// The errors that a training is watched by, as the spec names them; the first decides which weights are
/// kept.
package struct WatchList: Sendable {
  /// What is watched, in the order of the spec.
  package let subjects: [Watch.Subject]
  private let attack: (any Attack)?

  /// Takes the list `watch` of `clean`, `adversarial` and `training`; an adversarial error needs the
  /// attack of an objective.
  package init(
    _ options: inout OptionReader, attack: (any Attack)?
  ) throws(OptionError) {
    let words = try options.words("watch", of: Watch.Subject.allCases.map(\.rawValue))
    subjects = words.compactMap(Watch.Subject.init(rawValue:))
    self.attack = attack
    guard attack != nil || !subjects.contains(.adversarial) else {
      throw OptionError(
        path: ["watch"], message: "the objective meets no attack to be watched under",
        hint: "leave ‘adversarial’ out, or give an objective such as ‘adversarial’")
    }
  }

  /// Refuses what a stopping rule or a sequel cannot work with.
  package func check(for recipe: TrainingRecipe, _ sequel: any Sequel) throws(OptionError) {
    if recipe.needsWatch && subjects.isEmpty {
      throw OptionError(
        path: ["watch"],
        message: "nothing is watched, and the stopping rule waits for a lower error",
        hint: "give ‘watch: [clean]’, or ‘stop: \(FixedEpochs.kind)’")
    }
    if let objection = sequel.objection(toWatches: subjects) {
      throw OptionError(
        path: ["sequel"], message: "‘\(type(of: sequel).kind)’ cannot follow: \(objection)",
        hint: "change ‘watch’, or give ‘sequel: \(NoSequel.kind)’")
    }
  }

  /// The watches of a training.
  package func watches(at desk: TrainingDesk, seed: Seed) -> [Watch] {
    subjects.compactMap { subject in
      switch subject {
      case .clean: .clean(desk.validation)
      case .training: .training(desk.evaluator(desk.digits.train))
      case .adversarial: attack.map { .adversarial(desk.validation, by: $0, seed: seed) }
      }
    }
  }
}
