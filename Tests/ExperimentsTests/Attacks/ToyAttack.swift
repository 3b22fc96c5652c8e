import Kernels

@testable import Attacks
@testable import Contract
@testable import Models

/// An attack that proposes what a function says, for tests of who judges it.
struct ToyAttack: Attack {
  let ball: LInfBall
  var threatModel: any ThreatModel { ball }
  let proposal: @Sendable (Tensor) -> Tensor

  func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor { proposal(x) }

  /// The fast gradient sign method without clipping, as the option `attack` of a stage.
  static func fgsm(epsilon: Double) -> Setting {
    .map([
      "kind": .string("fgsm"), "norm": .string("linf"), "epsilon": .double(epsilon),
      "clip": .bool(false),
    ])
  }

  /// A classifier trained on the toy digits, by name.
  static func model(_ name: String, in workspace: Workspace = ToyModels.workspace) throws
    -> Classifier
  {
    let models = [
      "softmax": ToyDigits.softmax, "logistic": ToyDigits.logistic, "maxout": ToyDigits.maxout,
    ]
    guard let output = try models[name]?.get() else {
      preconditionFailure("there is no toy model ‘\(name)’")
    }
    return try output.classifier(in: workspace)
  }
}
