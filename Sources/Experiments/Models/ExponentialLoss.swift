import Kernels

/// The loss of logits z ≤ 0 whose classes have probabilities eᶻ of their own: the sum of the
/// cross-entropies of each class's yes or no, −z for the label and −log(1 − eᶻ) for the others.
///
/// `logits: [n, classes]`. Probabilities are held below 1 − 2⁻¹⁰, where the gradient of a “no” would
/// grow without bound.
func exponentialLoss(_ logits: Tensor, labels: [Int], reduction: Reduction) -> LossValue {
  let (rows, classes) = (logits.shape[0], logits.shape[1])
  precondition(labels.count == rows, "\(labels.count) labels for logits of shape \(logits.shape)")
  var chosen = [Float](repeating: 0, count: rows * classes)
  for (row, label) in labels.enumerated() { chosen[row * classes + label] = 1 }
  let yes = logits.workspace.tensor(logits.shape, chosen)
  let no = yes * -1 + 1
  let p = logits.exponentials().clamped(to: 0...(1 - 0x1p-10))
  let rest = p * -1 + 1
  // −z·yes − log(1 − p)·no, and its slope −yes + p / (1 − p)·no.
  let losses = (logits * yes + rest.logarithms() * no).values
  let gradient = p / rest * no - yes
  return LossValue(
    perExample: (0..<rows).map { -losses[$0 * classes..<($0 + 1) * classes].reduce(0, +) },
    gradient: reduction == .mean ? gradient * (1 / Float(max(rows, 1))) : gradient)
}
