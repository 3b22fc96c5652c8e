import Kernels

/// Something that names a class and whose loss has a gradient: what attacks are aimed at.
package protocol Victim: Sendable {
  /// The data set's class behind each label.
  var classes: [Int] { get }
  /// The class it names for each row of `x: [n, features]`, with its probability.
  func answers(_ x: Tensor) -> [Classifier.Answer]
  /// ∂L/∂x of the loss of each row on its own, `[n, features]`, for the labels given.
  func lossGradient(at x: Tensor, labels: [Int]) -> Tensor
  /// A score for each class and row, `[n, classes]`, with the way back to `x`, and the answers.
  func scored(_ x: Tensor) -> Scored
}

/// What a victim decides by: logits, or log-probabilities where it has no logits of its own.
///
/// Never probabilities, whose gradients vanish where the victim is certain.
package struct Scored: Sendable {
  /// The scores and the way back.
  package let pass: Pass
  /// The answers that follow from them.
  package let answers: [Classifier.Answer]
}

extension Classifier: Victim {
  /// Logits; a single one z counts as −z/2 for the first class and z/2 for the second, whose softmax
  /// is σ(z).
  package func scored(_ x: Tensor) -> Scored {
    let pass = architecture.network.forward(x, weights[...], .inference)
    let answers = head.answers(pass.output)
    guard head == .sigmoid else { return Scored(pass: pass, answers: answers) }
    let z = pass.output.values
    return Scored(
      pass: Pass(output: x.workspace.tensor([z.count, 2], z.flatMap { [$0 * -0.5, $0 * 0.5] })) {
        dy, wanted in
        let pairs = dy.values
        let dz = z.indices.map { (pairs[2 * $0 + 1] - pairs[2 * $0]) * 0.5 }
        return pass.pullback(dy.workspace.tensor([z.count, 1], dz), wanted)
      }, answers: answers)
  }
}
