import Kernels

/// The weights of the epoch with the fewest wrong answers so far.
struct BestSoFar: Sendable {
  /// The epoch, from 1; 0 before there is one.
  var epoch = 0
  /// Wrong answers on the watched images.
  var errors = Int.max
  /// Copies of the weights.
  var weights: [Tensor] = []

  /// Takes over an epoch if it is strictly better.
  mutating func consider(epoch: Int, errors: Int, weights: [Tensor]) {
    guard errors < self.errors else { return }
    self = BestSoFar(epoch: epoch, errors: errors, weights: weights)
  }

  /// Whether so many epochs without a better one have passed: nothing later counts.
  func isSettled(after epochs: Int, patience: Int) -> Bool {
    epoch > 0 && epochs - epoch >= patience
  }
}
