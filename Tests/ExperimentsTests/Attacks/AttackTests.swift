import Kernels
import Testing

@testable import Attacks
@testable import Measures
@testable import Models

/// What every attack owes, in one body for all of them: an attack is one more line in `cases`.
@Suite struct AttackTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let make: @Sendable (LInfBall) -> any Attack
    let model: String
    let clips: Bool
    var testDescription: String { "\(name) on \(model)\(clips ? ", clipped" : "")" }
  }

  static let cases = ["softmax", "logistic", "maxout"].flatMap { model in
    [false, true].map { Case(name: "FGSM", make: { FGSM($0) }, model: model, clips: $0) }
  }
  static let seed = Seed(6, stage: "attacks")

  @Test(arguments: cases)
  func anAttackStaysInItsBallAndLowersTheAccuracy(_ attacked: Case) throws {
    let model = try ToyAttack.model(attacked.model)
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
    let images = 0..<test.images.count
    let clean = test.evaluate(model)
    var errors: [Int] = []
    for epsilon in [0, 0.1, 0.25] as [Float] {
      let attack = attacked.make(LInfBall(epsilon: epsilon, clips: attacked.clips))
      let proposal = attack.perturb(
        test.pixels(images), rows: images, labels: test.labels, against: model, seed: Self.seed)
      let distance = (proposal - test.pixels(images)).largestMagnitude()
      #expect(distance <= epsilon + 1e-6, "ε = \(epsilon) was left: \(distance)")
      let strays = proposal.values.count { value in
        !value.isFinite || attacked.clips && !(0...1).contains(value)
      }
      #expect(strays == 0, "\(strays) pixels are not finite or left 0…1")
      let result = try evaluate(test, model, attack)
      if epsilon == 0 { #expect(result == clean, "ε = 0 must change nothing") }
      errors.append(result.errors)
    }
    #expect(errors[0] == clean.errors)
    #expect(errors[1] > errors[0] && errors[2] > 2 * test.images.count / 3, "errors: \(errors)")
  }

  @Test(arguments: cases, Arrangement.all(threads: [1, 2]))
  func anAttackGivesTheSameBitsEverywhere(_ attacked: Case, _ arrangement: Arrangement) throws {
    func bits(_ workspace: Workspace) throws -> [UInt32] {
      let model = try ToyAttack.model(attacked.model, in: workspace)
      let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: workspace)
      let perturbed = try perturbed(
        test, model, attacked.make(LInfBall(epsilon: 0.1, clips: attacked.clips)))
      return perturbed.values.bits + model.logits(perturbed).values.bits
    }
    let isSame = try bits(arrangement.workspace) == bits(ToyModels.workspace)
    #expect(isSame, "\(arrangement) attacks otherwise than \(ToyModels.workspace.simd)")
  }

  private func evaluate(
    _ test: Evaluator, _ model: Classifier, _ attack: some Attack
  ) throws -> Evaluation {
    try test.attacked(model, by: attack, seed: Self.seed)
  }

  private func perturbed(
    _ test: Evaluator, _ model: Classifier, _ attack: some Attack
  ) throws -> Tensor {
    try test.perturbed(0..<test.images.count, by: attack, against: model, seed: Self.seed)
  }
}
