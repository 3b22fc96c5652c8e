import Contract
import Datasets
import Foundation
import Synchronization

/// Shows a download: one line redrawn on a terminal, one line a file elsewhere.
final class DownloadDisplay: Sendable {
  private struct State {
    var file = ""
    var next = ContinuousClock.now
    var drawn = false
  }

  private let state = Mutex(State())
  private let isQuiet: Bool
  private let isLive = isatty(STDERR_FILENO) == 1

  /// A display that is silent if asked to be.
  init(quiet: Bool) { isQuiet = quiet }

  /// Called as bytes arrive, from any thread.
  func show(_ progress: Download.Progress) {
    if isQuiet { return }
    state.withLock { state in
      let isNew = state.file != progress.file
      guard
        isNew || isLive && (ContinuousClock.now >= state.next || progress.bytes == progress.total)
      else { return }
      state.file = progress.file
      state.next = .now + .milliseconds(100)
      let sizes = "\(Style.bytes(progress.bytes)) of \(Style.bytes(progress.total))"
      let text = isLive ? "\r\u{1B}[Kdownloading \(progress.file): \(sizes)" : ""
      if isLive {
        FileHandle.standardError.write(Data(text.utf8))
        state.drawn = true
      } else {
        Console.say("downloading \(progress.file), \(Style.bytes(progress.total))")
      }
    }
  }

  /// Ends the live line.
  func end() {
    state.withLock { state in
      if state.drawn { Console.say("") }
      state.drawn = false
    }
  }
}
