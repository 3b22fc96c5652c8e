import Foundation

/// What computes stages for a run: processes of this machine, or whatever a test puts there.
protocol StageLauncher {
  /// Starts a stage; its messages go to the file `log`.
  func launch(_ job: StageJob, log: String) throws -> any RunningStage
}

/// A stage that was started.
protocol RunningStage {
  /// A descriptor from which its events can be read, one line each, until it ends.
  var output: Int32 { get }

  /// Waits for the end; called once, after the output has ended or after `terminate`.
  func wait() -> StageEnd

  /// Ends it at once.
  func terminate()
}

/// How a stage's process ended.
enum StageEnd: Hashable, Sendable {
  /// By itself, with a code.
  case exit(Int32)
  /// By a signal.
  case signal(Int32)
}

/// Runs each stage as a process of this same program.
///
/// The first is started by itself; when a second comes there may be thousands, and a fork server starts
/// them. Where it cannot, each is started by itself.
final class ProcessLauncher: StageLauncher {
  private var count = 0
  private var server: ForkServerConnection?

  func launch(_ job: StageJob, log: String) throws -> any RunningStage {
    count += 1
    #if os(Linux)
      if count == 2 {
        server = try? ForkServerConnection(log: "\(job.cache)/logs/(\(ForkServer.word)).log")
      }
    #endif
    return try ChildProcess(
      arguments: ["stage"], input: job.json.text() + "\n", log: log, server: server)
  }
}

extension StageEnd {
  /// What it means for a stage that has given no answer.
  var sentence: String {
    switch self {
    case .exit(let code): "its process ended with code \(code) and without an answer"
    case .signal(let signal):
      "its process was ended by signal \(signal) (\(Self.meaning(of: signal)))"
    }
  }

  private static func meaning(of signal: Int32) -> String {
    switch signal {
    case SIGKILL: "killed; out of memory, or by hand"
    case SIGSEGV: "invalid memory access"
    case SIGILL, SIGTRAP: "a broken promise inside the program"
    case SIGABRT: "aborted"
    default: String(cString: strsignal(signal))
    }
  }
}
