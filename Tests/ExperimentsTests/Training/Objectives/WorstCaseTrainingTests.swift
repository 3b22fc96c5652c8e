import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Measures
@testable import Stages

@Suite struct WorstCaseTrainingTests {
  /// Trained against the worst case, a model errs less under it than one that was not.
  @Test func itHelpsAgainstTheAttack() throws {
    let options = ToyDigits.logisticOptions(epochs: 8).merging([
      "objective": .string("worst-case"), "epsilon": .double(0.1),
      "watch": .list([.string("adversarial")]),
    ]) { $1 }
    let robust = try ToyDigits.run(
      Train.self, options,
      inputs: ["data": [ToyDigits.input]]
    ).classifier()
    let test = Evaluator(ToyDigits.parts.test, for: [3, 7], in: ToyModels.workspace)
    let attack = FGSM(LInfBall(epsilon: 0.1))
    let plain = try ToyDigits.logistic.get().classifier()
    let seed = Seed(1, stage: "attack")
    let (trained, not) = (
      try test.attacked(robust, by: attack, seed: seed).errors,
      try test.attacked(plain, by: attack, seed: seed).errors
    )
    #expect(trained < not)
  }
}
