import Kernels

/// Turns gradients into new weights, and remembers what it needs for the next step.
package protocol Optimizer: Sendable {
  /// What it remembers, one or more tensors for each weight: the state to keep in a checkpoint.
  var state: [Tensor] { get }
  /// One step; `momentum` matters to those that have any.
  mutating func step(
    _ weights: inout [Tensor], gradients: [Tensor], rate: Float, momentum: Float)
}

extension SGD: Optimizer {
  package var state: [Tensor] { velocity }

  package mutating func step(
    _ weights: inout [Tensor], gradients: [Tensor], rate: Float, momentum: Float
  ) {
    step(&weights, gradients: gradients, learningRate: rate, momentum: momentum)
  }
}

extension Adam: Optimizer {
  /// Both running means, and last how many steps were taken, exact up to 2²⁴.
  package var state: [Tensor] {
    first + second + first.prefix(1).map { $0.workspace.tensor([1], [Float(steps)]) }
  }

  package mutating func step(
    _ weights: inout [Tensor], gradients: [Tensor], rate: Float, momentum: Float
  ) {
    step(&weights, gradients: gradients, learningRate: rate)
  }
}

extension Adadelta: Optimizer {
  package var state: [Tensor] { squares + steps }

  package mutating func step(
    _ weights: inout [Tensor], gradients: [Tensor], rate: Float, momentum: Float
  ) {
    step(&weights, gradients: gradients, learningRate: rate)
  }
}
