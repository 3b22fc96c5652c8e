import Contract
import Synchronization

/// The state of an unfinished training in a file of its own, replaced at most every ten seconds.
///
/// A digest stands before the state: one that was damaged is not there, and the training begins anew.
final class CheckpointFile: Sendable {
  private let path: String
  private let interval: Duration
  private let next: Mutex<ContinuousClock.Instant>

  /// A checkpoint at a path; nothing is written before there is something to lose.
  init(path: String, interval: Duration = .seconds(10)) {
    self.path = path
    self.interval = interval
    next = Mutex(.now + interval)
  }

  /// The two functions a stage is given.
  var checkpoint: Checkpoint {
    Checkpoint(
      load: { [path] in
        guard let file = try? Files.read(path) else { return nil }
        let state = Array(file.dropFirst(64))
        guard Array(SHA256.hex(of: state).utf8) == Array(file.prefix(64)) else { return nil }
        return try? Safetensors.decode(state)
      },
      save: { [self] state in
        let isDue = next.withLock { moment in
          guard ContinuousClock.now >= moment else { return false }
          moment = .now + interval
          return true
        }
        // A checkpoint that cannot be written costs time only, and the stage itself may still end.
        guard isDue else { return }
        let bytes = Safetensors.encode(state())
        try? Files.write(Array(SHA256.hex(of: bytes).utf8) + bytes, to: path)
      })
  }

  /// Takes the file away once the answer is published.
  func remove() { Files.remove(path) }
}
