import Kernels
import Models

/// One step from a meaningless input towards a class, appendix A and Figure 5 of Goodfellow, Shlens &
/// Szegedy 2014.
struct FoolingStep: Hashable, Sendable {
  /// What is added to the input; the paper's prose and its caption differ.
  enum Direction: String, CaseIterable, Sendable {
    /// The sign of ∇ₓ p(y = i | x), as the caption of Figure 5 says.
    case sign
    /// ∇ₓ p(y = i | x) itself, as the prose says.
    case gradient
  }

  /// What is added.
  let direction: Direction
  /// How often: how far each number moves, or the factor of the gradient.
  let size: Float

  /// The inputs `x: [n, features]` after a step towards `label` each.
  ///
  /// ∇p = p·∇log p has the sign of ∇log p, which exists even where p is 0 in single precision.
  func taken(from x: Tensor, towards label: Int, _ classifier: Classifier) -> Tensor {
    let pass = classifier.architecture.network.forward(x, classifier.weights[...], .inference)
    let labels = Array(repeating: label, count: x.shape[0])
    let log = classifier.head.logProbability(pass.output, of: labels)
    switch direction {
    case .sign:
      return x.adding(pass.inputGradient(log.gradient).sign(), scaledBy: size)
    case .gradient:
      let width = pass.output.shape[1]
      let p = x.workspace.tensor([labels.count], log.perExample).exponentials().values
      let factors = x.workspace.tensor(
        pass.output.shape, p.flatMap { repeatElement($0, count: width) })
      return x.adding(pass.inputGradient(log.gradient * factors), scaledBy: size)
    }
  }
}
