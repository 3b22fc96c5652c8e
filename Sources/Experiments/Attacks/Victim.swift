import Kernels

/// Something that names a class and whose loss has a gradient: what attacks are aimed at.
public protocol Victim: Sendable {
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
public struct Scored: Sendable {
  /// The scores and the way back.
  public let pass: Pass
  /// The answers that follow from them.
  public let answers: [Classifier.Answer]
}

extension Victim {
  /// The gradient of what the attacker wants to grow, `[n, features]`: the loss of the true class, or
  /// minus the loss of the class aimed at.
  func ascent(at x: Tensor, towards aims: [Aim]) -> Tensor {
    var gradient = lossGradient(at: x, labels: aims.map { $0.target ?? $0.label })
    let width = x.shape[1]
    gradient.withUnsafeMutableBuffer { values in
      for (row, aim) in aims.enumerated() where aim.target != nil {
        for i in row * width..<(row + 1) * width { values[i] = -values[i] }
      }
    }
    return gradient
  }
}

extension Classifier: Victim {
  /// Logits; a single one z counts as −z/2 for the first class and z/2 for the second, whose softmax
  /// is σ(z).
  public func scored(_ x: Tensor) -> Scored {
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
