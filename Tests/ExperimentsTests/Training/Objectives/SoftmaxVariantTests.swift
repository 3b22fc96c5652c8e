import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Measures
@testable import Stages

@Suite struct SoftmaxVariantTests {
  static func options(_ variant: String, size: Double) -> [String: Setting] {
    let own: [String: Setting] =
      variant == "margin"
      ? ["coefficient": .double(size)]
      : [
        "alpha": .double(0.5), "epsilon": .double(size), "perturbed-layer": .int(0),
        "one-mask": .bool(false),
      ]
    return ToyDigits.softmaxOptions(epochs: 6).merging(own) { $1 }
      .merging(["objective": .string(variant)]) { $1 }
  }

  /// Each variant errs less under attack than plain softmax regression, which size 0 is.
  @Test(arguments: ["adversarial", "margin"])
  func eachHelpsAgainstASmallAttack(_ variant: String) throws {
    func errors(_ size: Double) throws -> Int {
      let model = try ToyDigits.run(
        Train.self, Self.options(variant, size: size), inputs: ["data": [ToyDigits.input]]
      ).classifier()
      return try Evaluator(ToyDigits.parts.test, for: model.classes, in: ToyModels.workspace)
        .attacked(model, by: FGSM(LInfBall(epsilon: 0.05)), seed: Seed(1, stage: "attack")).errors
    }
    let (trained, plain) = (try errors(0.05), try errors(0))
    #expect(trained < plain)
  }

  @Test func anUnknownVariantIsAnErrorWithAPlace() {
    var reader = OptionReader(Self.options("adverserial", size: 0.1))
    let error = #expect(throws: OptionError.self) { try Train(options: &reader) }
    #expect(error?.path == ["objective"])
    #expect(error?.hint == "did you mean ‘adversarial’?")
  }
}
