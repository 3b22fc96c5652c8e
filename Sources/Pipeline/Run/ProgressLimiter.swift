import Contract
import Synchronization

/// Passes progress on at most ten times a second, and always the last step.
struct ProgressLimiter: Sendable {
  private let next = Moment()

  private final class Moment: Sendable {
    let value = Mutex(ContinuousClock.now)
  }

  /// Sends the progress unless one was sent just now.
  func report(_ progress: Progress) {
    let isDue = next.value.withLock { moment in
      guard ContinuousClock.now >= moment || progress.done >= progress.total else { return false }
      moment = .now + .milliseconds(100)
      return true
    }
    if isDue { StageProcess.send(.progress(progress)) }
  }
}
