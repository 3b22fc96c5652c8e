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
struct ProcessLauncher: StageLauncher {
  func launch(_ job: StageJob, log: String) throws -> any RunningStage {
    try ChildProcess(arguments: ["stage"], input: job.json.text() + "\n", log: log)
  }
}
