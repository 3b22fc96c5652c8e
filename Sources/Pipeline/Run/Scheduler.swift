import Foundation

/// Runs the stale part of a graph, one process a stage, sharing out the threads.
///
/// One loop owns all state: it starts what is ready, waits for any child to say something, and acts
/// on it. Nothing here is concurrent but the children.
struct Scheduler {
  /// How a run is carried out.
  struct Settings: Sendable {
    /// The most processes at once.
    var jobs: Int
    /// Threads shared out among them.
    var threads: Int
    /// Whether a failure lets what does not depend on it still start.
    var keepGoing: Bool
    /// Folders with original data files.
    var dataFolders: [String]
    /// The run's seed.
    var runSeed: UInt64
    /// Where the run happens, asked for once and only if something is computed.
    var origin: @Sendable () -> RunOrigin = { .unknown }
  }

  private let resolver: Resolver
  private let settings: Settings
  private let launcher: any StageLauncher
  private var outcomes: [Int: Outcome] = [:]
  private var running: [Running] = []
  private var forced: Set<Int>
  private var repairs: [Int: Int] = [:]
  private var useOfStore: FileLock?
  private var origin: RunOrigin?
  /// Whether something has ended since stages were last looked at.
  private var isNewsworthy = true

  private struct Running {
    let node: Int
    let process: any RunningStage
    let threads: Int
    let parts: KeyParts
    let reasons: [Staleness]
    let begin: ContinuousClock.Instant
    var unread: [UInt8] = []
    var lastEvent: StageEvent?
  }

  /// Runs from a resolver, whose forced nodes are run in any case.
  ///
  /// Nodes `without` data, and what needs them, are left out; each names the data set.
  init(
    _ resolver: Resolver, _ settings: Settings, without: [Int: String] = [:],
    launcher: any StageLauncher = ProcessLauncher()
  ) {
    self.resolver = resolver
    self.settings = settings
    self.launcher = launcher
    forced = resolver.forced
    outcomes = without.mapValues { .withoutData($0) }
  }

  /// Brings the given nodes (inputs first) up to date.
  mutating func run(_ wanted: [Int], observer: inout some RunObserver) throws -> RunSummary {
    let signals = InterruptWatch()
    let begin = ContinuousClock.now
    observer.begin(stages: wanted.count)
    defer {
      abandonRunning()
      useOfStore = nil
      observer.end()
    }
    while true {
      while isNewsworthy {
        isNewsworthy = false
        try startReady(wanted, &observer)
      }
      if running.isEmpty { break }
      readEvents(&observer)
      observer.tick()
      if signals.isInterrupted { return summary(wanted, begin, interrupted: true) }
    }
    return summary(wanted, begin, interrupted: false)
  }

  /// Ends what still runs, after an interruption or an error; it counts as not started.
  private mutating func abandonRunning() {
    running.forEach { $0.process.terminate() }
    for child in running { _ = child.process.wait() }
    running = []
  }

  private func summary(
    _ wanted: [Int], _ begin: ContinuousClock.Instant, interrupted: Bool
  ) -> RunSummary {
    RunSummary(
      outcomes: wanted.map { node in
        (resolver.graph.nodes[node].name, outcomes[node] ?? .notStarted)
      },
      seconds: begin.duration(to: .now) / .seconds(1), interrupted: interrupted)
  }

  // MARK: Starting

  private mutating func startReady(_ wanted: [Int], _ observer: inout some RunObserver) throws {
    var candidates: [(node: Int, parts: KeyParts, reasons: [Staleness])] = []
    for node in wanted where outcomes[node] == nil && !running.contains(where: { $0.node == node })
    {
      if let culprit = blocked(node) {
        outcomes[node] = .skipped(because: culprit)
        continue
      }
      if let data = missingData(node) {
        outcomes[node] = .withoutData(data)
        continue
      }
      var view = resolver
      view.forced = forced
      switch view.state(of: node, record: { outcomes[$0]?.record }) {
      case .waiting: continue
      case .fresh(let record):
        outcomes[node] = .cached(record)
        observer.cached(resolver.graph.nodes[node].name)
        try noteLatest(node, record)
      case .stale(let parts, let reasons): candidates.append((node, parts, reasons))
      }
    }
    guard settings.keepGoing || !outcomes.values.contains(where: \.isFailure) else { return }
    // Small stages first: they leave soon, and then a parallel one can have every thread.
    candidates.sort { !isParallel($0.node) && isParallel($1.node) }
    for (node, parts, reasons) in candidates {
      let parallel =
        candidates.count { isParallel($0.node) } + running.count { isParallel($0.node) }
      let free = settings.threads - running.map(\.threads).reduce(0, +)
      let share =
        isParallel(node) ? max(1, settings.threads / max(1, min(parallel, settings.jobs))) : 1
      guard running.count < settings.jobs, free >= share || running.isEmpty else { break }
      try start(node, parts, reasons, threads: share, &observer)
    }
  }

  private func isParallel(_ node: Int) -> Bool { resolver.graph.nodes[node].kind.isParallel }

  private func blocked(_ node: Int) -> String? {
    resolver.graph.nodes[node].needs.first {
      outcomes[$0]?.isFailure == true || outcomes[$0]?.isSkipped == true
    }.map { resolver.graph.nodes[$0].name }
  }

  private func missingData(_ node: Int) -> String? {
    resolver.graph.nodes[node].needs.compactMap { outcomes[$0]?.missingData }.first
  }

  private mutating func start(
    _ index: Int, _ parts: KeyParts, _ reasons: [Staleness], threads: Int,
    _ observer: inout some RunObserver
  ) throws {
    let node = resolver.graph.nodes[index]
    let here = origin ?? settings.origin()
    origin = here
    let job = StageJob(
      name: node.name, parts: parts, options: node.spec.options,
      inputs: node.inputs.flatMap { input in
        input.nodes.compactMap { i in
          outcomes[i]?.record.map {
            StageJob.Input(
              slot: input.slot.name, stage: resolver.graph.nodes[i].name, recordKey: $0.key)
          }
        }
      },
      runSeed: settings.runSeed, stage: node.spec.name, replicate: node.replicate,
      threads: threads, dataFolders: settings.dataFolders, cache: resolver.store.folder,
      force: forced.contains(index), commit: here.commit, machine: here.machine)
    if useOfStore == nil { useOfStore = try resolver.store.use() }
    let process = try launcher.launch(job, log: resolver.store.logPath(node.name))
    running.append(
      Running(
        node: index, process: process, threads: threads, parts: parts, reasons: reasons,
        begin: .now))
    observer.started(node.name, because: reasons)
  }

  // MARK: Listening

  private mutating func readEvents(_ observer: inout some RunObserver) {
    var polls = running.map { pollfd(fd: $0.process.output, events: Int16(POLLIN), revents: 0) }
    guard poll(&polls, nfds_t(polls.count), 100) > 0 else { return }
    for i in running.indices.reversed() where polls[i].revents != 0 {
      var buffer = [UInt8](repeating: 0, count: 1 << 16)
      let count = read(running[i].process.output, &buffer, buffer.count)
      if count > 0 {
        running[i].unread += buffer[..<count]
        takeLines(i, &observer)
      } else if count == 0 || errno != EINTR {
        finish(running.remove(at: i), &observer)
      }
    }
  }

  private mutating func takeLines(_ i: Int, _ observer: inout some RunObserver) {
    let name = resolver.graph.nodes[running[i].node].name
    while let end = running[i].unread.firstIndex(of: Ascii.newline) {
      let line = running[i].unread[..<end]
      running[i].unread.removeSubrange(...end)
      guard let event = StageEvent(line: line) else { continue }
      switch event {
      case .progress(let progress): observer.progressed(name, progress)
      case .waiting: observer.waiting(name)
      default: running[i].lastEvent = event
      }
    }
  }

  // MARK: Finishing

  private mutating func finish(_ child: Running, _ observer: inout some RunObserver) {
    let end = child.process.wait()
    isNewsworthy = true
    let node = resolver.graph.nodes[child.node]
    let seconds = child.begin.duration(to: .now) / .seconds(1)
    let outcome: Outcome
    switch child.lastEvent {
    case .finished? where resolver.store.record(child.parts.key) != nil:
      outcome = publishOutcome(child, wasFound: false)
    case .found? where resolver.store.record(child.parts.key) != nil:
      outcome = publishOutcome(child, wasFound: true)
    case .damaged(let digest, let message)? where repair(child.node, digest):
      observer.repairing(node.name, message)
      return
    case .failed(let exit, let message)?:
      outcome = .failed(exit, message: message, log: resolver.store.logPath(node.name))
    case .damaged(_, let message)?:
      outcome = .failed(.inputOutput, message: message, log: resolver.store.logPath(node.name))
    default:
      outcome = .failed(
        end == .signal(SIGKILL) ? .stageFailed : .internalError, message: sentence(end),
        log: resolver.store.logPath(node.name))
    }
    outcomes[child.node] = outcome
    observer.finished(node.name, outcome, seconds: seconds)
  }

  private mutating func publishOutcome(_ child: Running, wasFound: Bool) -> Outcome {
    let node = resolver.graph.nodes[child.node]
    let old = resolver.store.latest(profile: resolver.profile, stage: node.name)
    guard let record = resolver.store.record(child.parts.key) else {
      preconditionFailure("the record of ‘\(node.name)’ was seen and is gone")
    }
    forced.remove(child.node)
    try? noteLatest(child.node, record)
    if wasFound { return .cached(record) }
    return .computed(record, because: child.reasons, changes: old.map(record.changedArtifacts))
  }

  private func noteLatest(_ node: Int, _ record: Record) throws {
    try resolver.store.setLatest(
      record.key, profile: resolver.profile, stage: resolver.graph.nodes[node].name)
  }

  /// A damaged artifact is taken away and its maker runs again, at most twice a stage.
  private mutating func repair(_ node: Int, _ digest: String) -> Bool {
    repairs[node, default: 0] += 1
    guard repairs[node, default: 0] <= 2 else { return false }
    resolver.store.discard(digest)
    for input in resolver.graph.nodes[node].needs
    where outcomes[input]?.record?.artifacts.contains(where: { $0.digest == digest }) == true {
      outcomes[input] = nil
    }
    return true
  }

  private func sentence(_ end: StageEnd) -> String {
    switch end {
    case .exit(let code): "its process ended with code \(code) and without an answer"
    case .signal(let signal): "its process was ended by signal \(signal) (\(signalName(signal)))"
    }
  }

  private func signalName(_ signal: Int32) -> String {
    switch signal {
    case SIGKILL: "killed; out of memory, or by hand"
    case SIGSEGV: "invalid memory access"
    case SIGILL, SIGTRAP: "a broken promise inside the program"
    case SIGABRT: "aborted"
    default: String(cString: strsignal(signal))
    }
  }
}
