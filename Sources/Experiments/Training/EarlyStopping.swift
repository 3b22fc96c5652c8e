import Kernels

/// The weights of the epoch with the fewest wrong answers so far.
package struct BestSoFar: Sendable {
  /// The epoch, from 1; 0 before there is one.
  package var epoch = 0
  /// Wrong answers on the watched images.
  package var errors = Int.max
  /// Copies of the weights.
  package var weights: [Tensor] = []

  /// Takes over an epoch if it is strictly better.
  package mutating func consider(epoch: Int, errors: Int, weights: [Tensor]) {
    guard errors < self.errors else { return }
    self = BestSoFar(epoch: epoch, errors: errors, weights: weights)
  }

  /// Whether so many epochs without a better one have passed: nothing later counts.
  package func isSettled(after epochs: Int, patience: Int) -> Bool {
    epoch > 0 && epochs - epoch >= patience
  }
}
