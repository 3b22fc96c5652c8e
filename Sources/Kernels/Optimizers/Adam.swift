import CKernels

/// Adam, Kingma and Ba 2015, algorithm 1: steps of about the learning rate, whatever the scale.
public struct Adam: Sendable {
  /// Running means of the gradients.
  public private(set) var first: [Tensor]
  /// Running means of their squares.
  public private(set) var second: [Tensor]
  /// Steps taken.
  public private(set) var steps: Int
  /// The share of the mean that survives a step.
  public let beta1: Float
  /// The share of the mean square that survives a step.
  public let beta2: Float
  /// Added to the root of the mean square.
  public let epsilon: Float

  /// An optimiser at its start.
  public init(
    weights: [Tensor], beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-8
  ) {
    first = weights.map { $0.workspace.tensor($0.shape) }
    second = first
    steps = 0
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
  }

  /// An optimiser resumed from the state of a checkpoint.
  public init(
    first: [Tensor], second: [Tensor], steps: Int, beta1: Float = 0.9, beta2: Float = 0.999,
    epsilon: Float = 1e-8
  ) {
    precondition(
      first.map(\.shape) == second.map(\.shape),
      "means \(first.map(\.shape)) and mean squares \(second.map(\.shape)) do not agree")
    (self.first, self.second, self.steps) = (first, second, steps)
    (self.beta1, self.beta2, self.epsilon) = (beta1, beta2, epsilon)
  }

  /// One step with learning rate η.
  public mutating func step(_ weights: inout [Tensor], gradients: [Tensor], learningRate: Float) {
    precondition(
      gradients.map(\.shape) == weights.map(\.shape) && first.map(\.shape) == weights.map(\.shape),
      "gradients \(gradients.map(\.shape)) for weights \(weights.map(\.shape))")
    steps += 1
    let numbers = stepNumbers(learningRate)
    for i in weights.indices {
      let (workspace, gradient) = (weights[i].workspace, gradients[i])
      let kernel = workspace.kernels.pointee.adam
      weights[i].withUnsafeMutableBuffer { w in
        first[i].withUnsafeMutableBuffer { m in
          second[i].withUnsafeMutableBuffer { v in
            gradient.withUnsafeBuffer { g in
              guard let w = w.baseAddress, let m = m.baseAddress, let v = v.baseAddress,
                let g = g.baseAddress
              else { return }
              workspace.parallelRuns(of: gradient.count, each: elementRun) { start, count in
                withUnsafePointer(to: numbers) {
                  kernel(w + start, m + start, v + start, g + start, count, $0)
                }
              }
            }
          }
        }
      }
    }
  }

  /// The bias corrections 1 / (1 − βᵗ), with the powers by repeated products in double precision.
  private func stepNumbers(_ rate: Float) -> ck_adam {
    func correction(_ beta: Float) -> Float {
      Float(1 / (1 - (0..<steps).reduce(1.0) { power, _ in power * Double(beta) }))
    }
    return ck_adam(
      rate: rate, beta1: beta1, beta2: beta2, rest1: 1 - beta1, rest2: 1 - beta2,
      correction1: correction(beta1), correction2: correction(beta2), epsilon: epsilon)
  }
}
