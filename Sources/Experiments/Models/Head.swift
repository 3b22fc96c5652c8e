import Kernels

extension Classifier {
  /// How logits become probabilities, and what the loss of a label is.
  package enum Head: String, Sendable, Hashable {
    /// One logit a class, normalised together.
    case softmax
    /// One logit for the second of two classes, P = σ(z).
    case sigmoid
    /// One logit a class, each with a probability σ(z) of its own; they need not add up to 1.
    case independentSigmoids = "independent-sigmoids"
    /// One logit z ≤ 0 a class, each with a probability eᶻ of its own, as an RBF network gives them.
    case exponential

    /// The loss of logits for labels, with its gradient: cross-entropy of the softmax, or the sum of
    /// the cross-entropies of each class's own yes or no.
    package func loss(_ logits: Tensor, labels: [Int], reduction: Reduction) -> LossValue {
      switch self {
      case .softmax: softmaxCrossEntropy(logits, labels: labels, reduction: reduction)
      case .sigmoid:
        logisticLoss(logits, signs: labels.map { $0 == 1 ? 1 : -1 }, reduction: reduction)
      case .independentSigmoids:
        Self.sigmoidLoss(logits, labels: labels.map(Optional.some), reduction)
      case .exponential: exponentialLoss(logits, labels: labels, reduction: reduction)
      }
    }

    /// The mean loss of naming any class, for inputs that belong to none: cross-entropy against equal
    /// probabilities for a softmax, against “no” to every class for independent sigmoids.
    package func lossOfNaming(_ logits: Tensor) -> LossValue {
      switch self {
      case .independentSigmoids:
        return Self.sigmoidLoss(logits, labels: logits.shape[0].emptyLabels, .mean)
      case .softmax:
        let (rows, classes) = (logits.shape[0], logits.shape[1])
        let logs = logSoftmax(logits).values
        let losses = (0..<rows).map { row in
          -logs[row * classes..<(row + 1) * classes].reduce(0, +) / Float(classes)
        }
        let gradient = (Kernels.softmax(logits) + -1 / Float(classes)) * (1 / Float(max(rows, 1)))
        return LossValue(perExample: losses, gradient: gradient)
      case .sigmoid, .exponential:
        preconditionFailure("a head of kind \(rawValue) is not trained on rubbish")
      }
    }

    /// The class with the highest probability, and that probability, for each row of logits.
    package func answers(_ logits: Tensor) -> [Answer] {
      switch self {
      case .softmax: return Self.largest(logits, Kernels.softmax(logits))
      case .independentSigmoids: return Self.largest(logits, logits.sigmoid())
      case .exponential: return Self.largest(logits, logits.exponentials())
      case .sigmoid:
        // σ(|z|) is the probability of whichever class is the likelier.
        let confident = logits.magnitudes().sigmoid().values
        return zip(logits.values, confident).map { Answer(label: $0 > 0 ? 1 : 0, confidence: $1) }
      }
    }

    private static func largest(_ logits: Tensor, _ probabilities: Tensor) -> [Answer] {
      let (values, width) = (probabilities.values, logits.shape[1])
      return logits.rowArgmax().enumerated().map { row, label in
        Answer(label: label, confidence: values[row * width + label])
      }
    }

    /// Σ over classes of log(1 + e^(∓z)); nil is a row that belongs to no class.
    private static func sigmoidLoss(
      _ logits: Tensor, labels: [Int?], _ reduction: Reduction
    ) -> LossValue {
      let (rows, classes) = (logits.shape[0], logits.shape[1])
      let signs = labels.flatMap { label in (0..<classes).map { $0 == label ? Float(1) : -1 } }
      let all = logisticLoss(
        logits.reshaped([rows * classes]), signs: signs, reduction: .sum)
      let losses = (0..<rows).map { row in
        all.perExample[row * classes..<(row + 1) * classes].reduce(0, +)
      }
      let gradient = all.gradient.reshaped([rows, classes])
      return LossValue(
        perExample: losses,
        gradient: reduction == .mean ? gradient * (1 / Float(max(rows, 1))) : gradient)
    }
  }
}

extension Int {
  /// So many rows without a label.
  fileprivate var emptyLabels: [Int?] { Array(repeating: nil, count: self) }
}
