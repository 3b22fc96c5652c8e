import Contract
import Foundation
import Kernels
import Papers

/// The life of a stage process: read the job, take the key's lock, compute, publish, say so.
struct StageProcess {
  private let job: StageJob
  private let store: Store

  /// Runs the job that stands on standard input and returns the exit code.
  static func main() -> ExitCode {
    guard let line = readLine(), let json = try? JSON.parse(Array(line.utf8)),
      let job = StageJob(json)
    else {
      send(.failed(.internalError, message: "the stage process was given no job"))
      return .internalError
    }
    exitWithParent()
    return StageProcess(job: job, store: Store(folder: job.cache)).run()
  }

  private func run() -> ExitCode {
    do {
      let lock = try FileLock(store.lockPath(job.parts.key)) { Self.send(.waiting) }
      let isNeeded = job.force || store.record(job.parts.key) == nil
      try withExtendedLifetime(lock) { if isNeeded { try compute() } }
      Self.send(isNeeded ? .finished : .found)
      return .good
    } catch let damage as Store.Damage {
      Self.send(.damaged(digest: damage.digest, message: damage.description))
      return .tryAgain
    } catch {
      let code = ExitCode(of: error)
      Self.send(.failed(code, message: "\(error)"))
      return code
    }
  }

  private func compute() throws {
    guard let kind = Catalog.kind(named: job.parts.kind) else {
      throw StageFailure(.computation, "there is no stage kind ‘\(job.parts.kind)’")
    }
    let begin = ContinuousClock.now
    var reader = OptionReader(job.options)
    let stage = try kind.init(options: &reader)
    let checkpoint = CheckpointFile(path: store.checkpointPath(job.parts.key))
    let output = try stage.run(
      StageContext(
        name: job.stage, inputs: try inputs(of: kind),
        seed: Seed(job.runSeed, stage: job.stage).forked(job.replicate),
        workspace: Workspace(threads: job.threads), data: DataLocations(job.dataFolders),
        progress: ProgressLimiter().report, checkpoint: checkpoint.checkpoint))
    let seconds = begin.duration(to: .now)
    if let departure = output.departure(from: stage.outputs) {
      throw UndeclaredOutput(description: "‘\(job.stage)’ (\(kind.kind)): \(departure)")
    }
    Self.send(.computed)
    try publish(output, seconds: seconds)
    checkpoint.remove()
  }

  private func inputs(of kind: any Stage.Type) throws -> [String: [StageInput]] {
    var inputs: [String: [StageInput]] = [:]
    for input in job.inputs {
      guard let record = store.anyRecord(input.recordKey) else {
        throw StageFailure(.computation, "the record of input ‘\(input.stage)’ is gone")
      }
      let wanted = kind.inputs.first { $0.name == input.slot }?.artifacts ?? []
      var artifacts: [String: Artifact] = [:]
      for entry in record.artifacts where wanted.contains(entry.name) {
        artifacts[entry.name] = try Artifact(stored: try store.get(entry.digest))
      }
      inputs[input.slot, default: []].append(
        StageInput(
          stage: input.stage,
          output: StageOutput(artifacts: artifacts, conditions: input.conditions)))
    }
    return inputs
  }

  private func publish(_ output: StageOutput, seconds: Duration) throws {
    var entries: [Record.Entry] = []
    for (name, artifact) in output.artifacts.sorted(by: { $0.key < $1.key }) {
      let bytes = artifact.stored
      entries.append(
        Record.Entry(
          name: name, form: artifact.form, digest: try store.put(bytes), size: bytes.count))
    }
    try store.publish(
      Record(
        key: job.parts.key, stage: job.name, parts: job.parts, artifacts: entries,
        conditions: output.conditions, deviations: output.deviations,
        effort: Record.Effort(
          seconds: seconds / .seconds(1), peakMemory: Self.peakMemory, threads: job.threads,
          finished: Int(Date().timeIntervalSince1970), commit: job.commit, machine: job.machine),
        acceptedFrom: nil))
  }

  /// Sends one event to the parent.
  static func send(_ event: StageEvent) {
    FileHandle.standardOutput.write(Data(event.line.utf8))
  }

  /// Ends this process when its parent is gone: the parent holds the other end of our input open.
  private static func exitWithParent() {
    Thread.detachNewThread {
      while readLine() != nil {}
      exit(ExitCode.interrupted.rawValue)
    }
  }

  private static var peakMemory: Int {
    var usage = rusage()
    #if os(Linux)
      getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss * 1024
    #else
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss
    #endif
  }
}

/// A stage gave something else than its kind declares: our mistake.
struct UndeclaredOutput: Error, CustomStringConvertible {
  let description: String
}
