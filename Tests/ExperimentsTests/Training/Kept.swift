import Kernels

@testable import Contract

/// Keeps the last state of a training in memory.
final class Kept: @unchecked Sendable {
  // Unchecked: a training calls its checkpoint from the one thread that runs the stage.
  private(set) var bundle: TensorBundle?
  /// How many states a training wanted to keep.
  private(set) var offered = 0
  private let limit: Int

  /// Keeps the first `limit` states, as if the process had died then.
  init(_ bundle: TensorBundle? = nil, atMost limit: Int = .max) {
    self.bundle = bundle
    self.limit = limit
  }

  var checkpoint: Checkpoint {
    Checkpoint(
      load: { self.bundle },
      save: { state in
        self.offered += 1
        if self.offered <= self.limit { self.bundle = state() }
      })
  }
}
