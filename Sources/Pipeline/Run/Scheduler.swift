import Foundation

/// Runs the stale part of a graph, one process a stage, sharing out the threads.
///
/// One loop owns all state: it starts what is ready, waits for any child to say something, and acts
/// on it. Nothing here is concurrent but the children.
struct Scheduler {
  /// How a run is carried out.
  struct Settings: Sendable {
    /// The most processes that compute at once; with those that publish it may be twice as many.
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
  private var agenda: Agenda
  /// Stale nodes that wait for threads: those that use one, and those that use many.
  private var (lone, parallel) = (NodeQueue(), NodeQueue())
  private var candidates: [Int: (parts: KeyParts, reasons: [Staleness])] = [:]
  private var (hasFailure, notedCodes): (Bool, Set<String>) = (false, [])

  private struct Running {
    let node: Int
    let process: any RunningStage
    var threads: Int
    let parts: KeyParts
    let reasons: [Staleness]
    let begin: ContinuousClock.Instant
    /// Whether it has its answer: it then waits for the disk and needs no thread.
    var isPublishing = false
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
    agenda = Agenda(resolver.graph, [])
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
    agenda = Agenda(resolver.graph, wanted)
    lookAgain()
    while true {
      try lookAtReady(&observer)
      try startCandidates(&observer)
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

  /// Begins anew with everything that has no outcome.
  private mutating func lookAgain() {
    (lone, parallel, candidates) = (NodeQueue(), NodeQueue(), [:])
    let busy = Set(running.map(\.node))
    agenda.restart({ [outcomes] in outcomes[$0] }, isRunning: busy.contains)
  }

  /// Looks at each node whose needs have all come to an end: it is known, left out, or to be computed.
  private mutating func lookAtReady(_ observer: inout some RunObserver) throws {
    while let node = agenda.next() {
      if outcomes[node] != nil { continue }
      if let culprit = blocked(node) {
        settle(node, .skipped(because: culprit))
        continue
      }
      if let data = missingData(node) {
        settle(node, .withoutData(data))
        continue
      }
      var view = resolver
      view.forced = forced
      switch view.state(of: node, record: { outcomes[$0]?.record }) {
      case .waiting(let nodes):
        preconditionFailure("node \(node) was looked at before \(nodes) had ended")
      case .fresh(let record):
        observer.cached(resolver.graph.nodes[node].name)
        try noteLatest(node, record)
        settle(node, .cached(record))
      case .stale(let parts, let reasons):
        candidates[node] = (parts, reasons)
        if isParallel(node) { parallel.insert(node) } else { lone.insert(node) }
      }
    }
  }

  private mutating func settle(_ node: Int, _ outcome: Outcome) {
    outcomes[node] = outcome
    if outcome.isFailure { hasFailure = true }
    agenda.ended(node, hasAnswer: outcome.record != nil)
  }

  /// Starts what there are threads for, small stages first: they leave soon, and then a parallel one
  /// can have every thread.
  private mutating func startCandidates(_ observer: inout some RunObserver) throws {
    guard settings.keepGoing || !hasFailure else { return }
    let busy = running.count { isParallel($0.node) && !$0.isPublishing }
    let share = max(1, settings.threads / max(1, min(parallel.count + busy, settings.jobs)))
    while let node = lone.first ?? parallel.first {
      let threads = isParallel(node) ? share : 1
      let free = settings.threads - running.map(\.threads).reduce(0, +)
      let computing = running.count { !$0.isPublishing }
      guard computing < settings.jobs, running.count < 2 * settings.jobs else { return }
      guard free >= threads || computing == 0 else { return }
      _ = isParallel(node) ? parallel.popFirst() : lone.popFirst()
      guard let (parts, reasons) = candidates.removeValue(forKey: node) else { continue }
      try start(node, parts, reasons, threads: threads, &observer)
    }
  }

  private func isParallel(_ node: Int) -> Bool { resolver.graph.nodes[node].isParallel }

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
              slot: input.slot.name, stage: resolver.graph.nodes[i].name, recordKey: $0.key,
              conditions: resolver.graph.conditions(of: i, told: node) { outcomes[$0]?.record })
          }
        }
      },
      runSeed: settings.runSeed, stage: node.spec.name, replicate: node.replicate,
      threads: threads, dataFolders: settings.dataFolders, cache: resolver.store.folder,
      force: forced.contains(index), commit: here.commit, machine: here.machine)
    if useOfStore == nil { useOfStore = try resolver.store.use() }
    if notedCodes.insert(parts.code.digest).inserted { try resolver.store.noteCode(parts.code) }
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
      defer { running[i].unread.removeSubrange(...end) }
      guard let event = StageEvent(line: running[i].unread[..<end]) else { continue }
      switch event {
      case .progress(let progress): observer.progressed(name, progress)
      case .waiting: observer.waiting(name)
      case .computed: (running[i].threads, running[i].isPublishing) = (0, true)
      default: running[i].lastEvent = event
      }
    }
  }

  // MARK: Finishing

  private mutating func finish(_ child: Running, _ observer: inout some RunObserver) {
    let end = child.process.wait()
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
      lookAgain()
      return
    case .failed(let exit, let message)?:
      outcome = .failed(exit, message: message, log: resolver.store.logPath(node.name))
    case .damaged(_, let message)?:
      outcome = .failed(.inputOutput, message: message, log: resolver.store.logPath(node.name))
    default:
      outcome = .failed(
        end == .signal(SIGKILL) ? .stageFailed : .internalError, message: end.sentence,
        log: resolver.store.logPath(node.name))
    }
    settle(child.node, outcome)
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
    let stage = resolver.graph.nodes[node].name
    try resolver.store.setLatest(record.key, profile: resolver.profile, stage: stage)
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
}
