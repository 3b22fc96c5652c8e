import Contract
import Kernels

/// Several classifiers that answer together: the mean of their probabilities decides.
///
/// Goodfellow, Shlens & Szegedy 2014, §9. The paper does not say how its twelve networks vote.
package struct Ensemble: Victim {
  /// The classifiers, of which the order matters to the last bit of a mean only.
  package let members: [Classifier]

  /// An ensemble; its members must have a softmax over the same classes.
  package init(_ members: [Classifier]) throws(StageFailure) {
    guard let first = members.first else {
      throw StageFailure(.data, "an ensemble needs at least one member")
    }
    guard members.allSatisfy({ $0.head == .softmax && $0.classes == first.classes }) else {
      let found = Set(members.map { "a \($0.head.rawValue) over \($0.classes.count) classes" })
      throw StageFailure(
        .data,
        "the members of an ensemble need a softmax over the same classes; found "
          + found.sorted().joined(separator: " and "))
    }
    self.members = members
  }

  /// The data set's class behind each label.
  package var classes: [Int] { members[0].classes }

  /// The class with the largest mean probability, and that mean.
  package func answers(_ x: Tensor) -> [Classifier.Answer] {
    var sum = softmax(members[0].logits(x))
    for member in members.dropFirst() { sum = sum + softmax(member.logits(x)) }
    let mean = sum * (1 / Float(members.count))
    let (values, width) = (mean.values, mean.shape[1])
    return mean.rowArgmax().enumerated().map { row, label in
      Classifier.Answer(label: label, confidence: values[row * width + label])
    }
  }

  /// log of the mean probability of each class, and the way back through all members.
  ///
  /// The slope of log p̄ₖ at member m's log-probability of k is that member's share of the sum.
  package func scored(_ x: Tensor) -> Scored {
    let passes = members.map { $0.architecture.network.forward(x, $0.weights[...], .inference) }
    let logs = passes.map { logSoftmax($0.output).values }
    let (rows, classes) = (x.shape[0], classes.count)
    // Shares by way of a softmax over the members, which exists even where every probability is 0.
    let across = (0..<rows * classes).flatMap { i in logs.map { $0[i] } }
    let table = x.workspace.tensor([rows * classes, members.count], across)
    let (shares, own) = (softmax(table).values, logSoftmax(table).values)
    let count = members.count
    let minusLogCount = -x.workspace.tensor([1], [Float(count)]).logarithms().values[0]
    let means = (0..<rows * classes).map { across[$0 * count] - own[$0 * count] + minusLogCount }
    let output = x.workspace.tensor([rows, classes], means)
    let pass = Pass(output: output) { dy, _ in
      let upstream = dy.values
      let gradients = passes.enumerated().map { m, pass in
        let taken = upstream.indices.map { upstream[$0] * shares[$0 * count + m] }
        let p = softmax(pass.output).values
        let logits = (0..<rows).flatMap { row in
          let range = row * classes..<(row + 1) * classes
          let sum = taken[range].reduce(0, +)
          return range.map { taken[$0] - p[$0] * sum }
        }
        return pass.inputGradient(dy.workspace.tensor([rows, classes], logits))
      }
      return (gradients.dropFirst().reduce(gradients[0]) { $0 + $1 }, [])
    }
    let p = output.exponentials().values
    return Scored(
      pass: pass,
      answers: output.rowArgmax().enumerated().map { row, label in
        Classifier.Answer(label: label, confidence: p[row * classes + label])
      })
  }

  /// ∂L/∂x of L = −log of the mean probability of the label, for each row on its own.
  ///
  /// With pₘ that probability by member m, this is Σ wₘ·∂(−log pₘ)/∂x with wₘ = pₘ / Σ p: a softmax
  /// over the members' log-probabilities, which exists even where every pₘ is 0 in single precision.
  package func lossGradient(at x: Tensor, labels: [Int]) -> Tensor {
    let steps = members.map { member in
      let pass = member.architecture.network.forward(x, member.weights[...], .inference)
      return (pass: pass, loss: softmaxCrossEntropy(pass.output, labels: labels, reduction: .sum))
    }
    let (rows, classes) = (labels.count, classes.count)
    let logs = labels.indices.flatMap { row in steps.map { -$0.loss.perExample[row] } }
    let shares = softmax(x.workspace.tensor([rows, members.count], logs)).values
    let gradients = steps.enumerated().map { m, step in
      let own = labels.indices.flatMap { row in
        repeatElement(shares[row * members.count + m], count: classes)
      }
      return step.pass.inputGradient(
        step.loss.gradient * x.workspace.tensor([rows, classes], own))
    }
    return gradients.dropFirst().reduce(gradients[0]) { $0 + $1 }
  }
}
