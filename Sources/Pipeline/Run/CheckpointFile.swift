import Experiments
import Synchronization

/// The state of an unfinished training in a file of its own, replaced at most every ten seconds.
final class CheckpointFile: Sendable {
  private let path: String
  private let next = Mutex(ContinuousClock.now + .seconds(10))

  /// A checkpoint at a path; nothing is written before there is something to lose.
  init(path: String) { self.path = path }

  /// The two functions a stage is given.
  var checkpoint: Checkpoint {
    Checkpoint(
      load: { [path] in
        guard let bytes = try? Files.read(path) else { return nil }
        return try? Safetensors.decode(bytes)
      },
      save: { [self] state in
        let isDue = next.withLock { moment in
          guard ContinuousClock.now >= moment else { return false }
          moment = .now + .seconds(10)
          return true
        }
        // A checkpoint that cannot be written costs time only, and the stage itself may still end.
        if isDue { try? Files.write(Safetensors.encode(state()), to: path) }
      })
  }

  /// Takes the file away once the answer is published.
  func remove() { Files.remove(path) }
}
