import Foundation

/// Notices Ctrl-C and `kill` between two steps of a loop: the signals are held back while it lives,
/// and asked for instead of handled.
struct InterruptWatch: ~Copyable {
  private var old = sigset_t()
  private let watched: sigset_t

  /// Starts holding the signals back.
  init() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&set, signal) }
    watched = set
    pthread_sigmask(SIG_BLOCK, &set, &old)
  }

  /// Whether one of them has arrived.
  var isInterrupted: Bool {
    var pending = sigset_t()
    sigpending(&pending)
    return [SIGINT, SIGTERM, SIGHUP].contains { sigismember(&pending, $0) == 1 }
  }

  deinit {
    // Take the signal that was acted upon, so that it does not strike when it is let through.
    var pending = sigset_t()
    sigpending(&pending)
    for signal in [SIGINT, SIGTERM, SIGHUP] where sigismember(&pending, signal) == 1 {
      var (set, taken) = (watched, Int32(0))
      sigwait(&set, &taken)
    }
    var mask = old
    pthread_sigmask(SIG_SETMASK, &mask, nil)
  }
}
