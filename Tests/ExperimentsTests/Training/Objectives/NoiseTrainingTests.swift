import Kernels
import Testing

@testable import Contract
@testable import Stages

@Suite struct NoiseTrainingTests {
  static func options(_ noise: String, epsilon: Double) -> [String: Setting] {
    ToyDigits.maxoutOptions(epochs: 2)
      .merging([
        "objective": .string("noise"), "noise": .string(noise), "epsilon": .double(epsilon),
      ]) { $1 }
  }

  private static func weights(_ noise: String, epsilon: Double) throws -> [[UInt32]] {
    try ToyDigits.run(
      Train.self, options(noise, epsilon: epsilon), name: "noisy",
      inputs: ["data": [ToyDigits.input(ToyDigits.small)]]
    ).classifier().weights.map(\.values.bits)
  }

  @Test func eachKindOfNoiseIsAnotherTraining() throws {
    let (sign, uniform) = (
      try Self.weights("sign", epsilon: 0.25), try Self.weights("uniform", epsilon: 0.25)
    )
    #expect(sign != uniform)
    let silent = (
      try Self.weights("sign", epsilon: 0), try Self.weights("uniform", epsilon: 0)
    )
    #expect(silent.0 == silent.1)
  }

  @Test func anUnknownNoiseIsAnErrorWithAPlace() {
    var reader = OptionReader(Self.options("signs", epsilon: 0.25))
    let error = #expect(throws: OptionError.self) { try Train(options: &reader) }
    #expect(error?.path == ["noise"])
    #expect(error?.hint.contains("did you mean ‘sign’") == true)
  }
}
