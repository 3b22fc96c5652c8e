import Kernels
import Models

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
