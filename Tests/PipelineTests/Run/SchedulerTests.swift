import Contract
import Testing

@testable import Pipeline

@Suite("The scheduler") final class SchedulerTests {
  private let scratch: ScratchFolder
  private let store: Store

  init() throws {
    scratch = try ScratchFolder()
    store = Store(folder: "\(scratch.path)/cache")
  }

  deinit { scratch.remove() }

  private func run(
    _ fake: FakeGraph, _ launcher: FakeLauncher, jobs: Int = 2, threads: Int = 2,
    keepGoing: Bool = true, forced: Set<Int> = [], without: [Int: String] = [:],
    wanted: [Int]? = nil, in store: Store? = nil
  ) throws -> (summary: RunSummary, events: [String]) {
    let graph = try fake.graph()
    var scheduler = Scheduler(
      Resolver(graph: graph, store: store ?? self.store, profile: "p", forced: forced),
      Scheduler.Settings(
        jobs: jobs, threads: threads, keepGoing: keepGoing, dataFolders: [], runSeed: 1),
      without: without, launcher: launcher)
    var events = EventList()
    let summary = try scheduler.run(wanted ?? Array(graph.nodes.indices), observer: &events)
    return (summary, events.lines)
  }

  private func value(_ record: Record) throws -> Int {
    Int(try store.get(record.artifacts[0].digest)[0])
  }

  /// The chain 0 → 1 → 2 and the lone 3.
  private func chain() -> FakeGraph {
    FakeGraph(salts: [1, 2, 3, 4], needs: [[], [0], [1], []])
  }

  /// Whatever is edited, fails or dies: an answer that is given is the one that direct evaluation
  /// gives, and a stage runs if and only if its inputs and salt were never seen together.
  @Test(arguments: 1...12) func `every answer is right and none is computed twice`(seed: UInt64)
    throws
  {
    var random = SplitMix(state: seed)
    var fake = FakeGraph(stages: Int.random(in: 3...14, using: &random), using: &random)
    let launcher = FakeLauncher(store: store)
    var known: Set<[Int]> = []
    for _ in 0..<8 {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        fake.salts[Int.random(in: fake.salts.indices, using: &random)] = .random(
          in: 0..<5, using: &random)
      }
      let broken = Set(
        fake.salts.indices.filter { _ in Int.random(in: 0..<8, using: &random) == 0 })
      launcher.failing = Set(broken.filter { $0 % 2 == 0 }.map { "s\($0)" })
      launcher.dying = Set(broken.filter { $0 % 2 == 1 }.map { "s\($0)" })
      let before = launcher.started.count
      let (summary, _) = try run(fake, launcher, jobs: .random(in: 1...3, using: &random))

      let values = fake.values
      var expectedRuns: Set<String> = []
      var failed: Set<Int> = []
      for i in fake.salts.indices {
        if fake.needs[i].contains(where: failed.contains) {
          failed.insert(i)
          #expect(summary.outcomes[i].outcome.isSkipped, "s\(i)")
          continue
        }
        let state = [i, fake.salts[i]] + fake.needs[i].map { values[$0] }
        if !known.contains(state) {
          expectedRuns.insert("s\(i)")
          if broken.contains(i) {
            failed.insert(i)
            #expect(summary.outcomes[i].outcome.isFailure, "s\(i)")
            continue
          }
          known.insert(state)
        }
        let record = try #require(summary.outcomes[i].outcome.record, "s\(i) has no answer")
        #expect(try value(record) == values[i], "s\(i)")
      }
      let runs = Array(launcher.started[before...])
      #expect(Set(runs) == expectedRuns)
      #expect(runs.count == expectedRuns.count, "something ran twice: \(runs)")
      #expect((summary.exitCode == .good) == failed.isEmpty)
    }
  }

  @Test func `after a failure nothing new starts, unless told to go on`() throws {
    let launcher = FakeLauncher(store: store)
    launcher.failing = ["s0"]
    let stopped = try run(chain(), launcher, jobs: 1, keepGoing: false)
    #expect(launcher.started == ["s0"])
    #expect(stopped.summary.exitCode == .stageFailed)
    let gone = try run(chain(), launcher, jobs: 1, keepGoing: true)
    #expect(launcher.started == ["s0", "s0", "s3"])
    #expect(gone.summary.outcomes[3].outcome.record != nil)
    #expect(
      gone.summary.lines(style: Style(color: false)).dropFirst() == [
        "✗ s0: it was told to fail", "  its messages: \(store.logPath("s0"))", "- s1: needs s0",
        "- s2: needs s1",
      ])
  }

  @Test func `a stage that only publishes leaves its turn and its thread to the next`() throws {
    let launcher = FakeLauncher(store: store)
    launcher.publishing = ["s0", "s3"]
    let graph = try chain().graph()
    var scheduler = Scheduler(
      Resolver(graph: graph, store: store, profile: "p"),
      Scheduler.Settings(jobs: 1, threads: 1, keepGoing: true, dataFolders: [], runSeed: 1),
      launcher: launcher)
    var patience = Patience(launcher: launcher)
    let summary = try scheduler.run(Array(graph.nodes.indices), observer: &patience)
    #expect(launcher.started == ["s0", "s3", "s1", "s2"], "s1 needs what s0 publishes")
    #expect(launcher.peak == 2)
    #expect(summary.exitCode == .good)
  }

  /// Ends what publishes if nothing else was started for a while, so that a test fails and ends.
  private struct Patience: RunObserver {
    let launcher: FakeLauncher
    var idle = 0

    mutating func begin(stages: Int) {}
    mutating func cached(_ stage: String) {}
    mutating func started(_ stage: String, because reasons: [Staleness]) { idle = 0 }
    mutating func progressed(_ stage: String, _ progress: Contract.Progress) {}
    mutating func waiting(_ stage: String) {}
    mutating func repairing(_ stage: String, _ message: String) {}
    mutating func finished(_ stage: String, _ outcome: Outcome, seconds: Double) {}
    mutating func tick() {
      idle += 1
      if idle == 3 { launcher.release() }
    }
    mutating func end() {}
  }

  @Test func `a process that dies is told by its signal`() throws {
    let launcher = FakeLauncher(store: store)
    launcher.dying = ["s3"]
    let (summary, _) = try run(chain(), launcher)
    guard case .failed(let code, let message, _) = summary.outcomes[3].outcome else {
      Issue.record("\(summary.outcomes[3])")
      return
    }
    #expect(code == .stageFailed)
    #expect(message == "its process was ended by signal 9 (killed; out of memory, or by hand)")
  }

  @Test func `force runs what is named, and the same bytes stop there`() throws {
    let launcher = FakeLauncher(store: store)
    _ = try run(chain(), launcher)
    #expect(launcher.started.count == 4)
    let (summary, events) = try run(chain(), launcher, forced: [1])
    #expect(launcher.started.dropFirst(4) == ["s1"])
    guard case .computed(_, let reasons, let changes) = summary.outcomes[1].outcome else {
      Issue.record("\(summary.outcomes[1])")
      return
    }
    #expect(reasons == [.forced])
    #expect(changes == [])
    #expect(
      events == [
        "begin 4", "cached s0", "cached s3", "started s1", "finished s1", "cached s2", "end",
      ])
  }

  @Test func `a damaged input is made again`() throws {
    let launcher = FakeLauncher(store: store)
    var fake = FakeGraph(salts: [1, 2], needs: [[], [0]])
    let first = try run(fake, launcher)
    let entry = try #require(first.summary.outcomes[0].outcome.record).artifacts[0]
    try Files.write([99], to: store.path(of: entry.digest))
    fake.salts[1] = 3
    let (summary, events) = try run(fake, launcher)
    #expect(summary.exitCode == .good)
    #expect(launcher.started == ["s0", "s1", "s1", "s0", "s1"])
    #expect(events.contains("repairing s1"))
    #expect(try value(try #require(summary.outcomes[1].outcome.record)) == fake.values[1])
  }

  @Test func `never more at once than jobs and threads allow`() throws {
    let fake = FakeGraph(salts: Array(0..<8), needs: Array(repeating: [], count: 8))
    for (jobs, threads, most) in [(1, 4, 1), (3, 8, 3), (4, 2, 2), (2, 1, 1)] {
      let store = Store(folder: "\(scratch.path)/cache of \(jobs) and \(threads)")
      let launcher = FakeLauncher(store: store)
      let (summary, _) = try run(fake, launcher, jobs: jobs, threads: threads, in: store)
      #expect(summary.exitCode == .good)
      #expect(launcher.peak == most, "jobs \(jobs), threads \(threads)")
    }
  }

  @Test func `only what is wanted runs`() throws {
    let launcher = FakeLauncher(store: store)
    let (summary, _) = try run(chain(), launcher, wanted: [0, 1])
    #expect(summary.outcomes.map(\.name) == ["s0", "s1"])
    #expect(launcher.started == ["s0", "s1"])
  }

  @Test func `what lacks data is left out with what needs it, and the rest is good`() throws {
    let launcher = FakeLauncher(store: store)
    let (summary, _) = try run(chain(), launcher, without: [1: "cifar-10"])
    #expect(launcher.started == ["s0", "s3"] || launcher.started == ["s3", "s0"])
    #expect(summary.outcomes.map(\.outcome.missingData) == [nil, "cifar-10", "cifar-10", nil])
    #expect(summary.exitCode == .good)
    let lines = summary.lines(style: Style(color: false))
    #expect(lines[0].hasPrefix("2 computed, 0 from the cache, 2 not run"))
    #expect(lines.contains("- s2: needs the data set cifar-10, which is not at hand"))
  }

  @Test func `a failure beside missing data is still a failure`() throws {
    let launcher = FakeLauncher(store: store)
    launcher.failing = ["s3"]
    let (summary, _) = try run(chain(), launcher, without: [0: "cifar-10"])
    #expect(launcher.started == ["s3"])
    #expect(summary.exitCode == .stageFailed)
  }
}
