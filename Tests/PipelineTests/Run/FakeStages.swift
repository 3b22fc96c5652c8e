import Contract
import Foundation
import Kernels

@testable import Pipeline

/// A kind of stage for graphs of tests; what it computes is in `FakeLauncher`.
struct FakeStage: Stage {
  static let kind = "fake"
  static let summary = "A stage of a test."
  static let inputs = [InputSlot("in", artifacts: ["out"], takesMany: true)]
  static let outputs: [OutputSlot] = [.tensors("out")]
  static let isParallel = false

  init(options: inout OptionReader) throws(OptionError) {}
  func run(_ context: StageContext) throws -> StageOutput { StageOutput(artifacts: [:]) }
}

/// A graph that a test edits: each stage has a salt, and its value is a small number made from the
/// salt and the values of what it needs, so that an edit often gives the same value as before.
struct FakeGraph {
  var salts: [Int]
  let needs: [[Int]]

  init(salts: [Int], needs: [[Int]]) {
    self.salts = salts
    self.needs = needs
  }

  init(stages: Int, using random: inout SplitMix) {
    salts = (0..<stages).map { _ in Int.random(in: 0..<5, using: &random) }
    needs = (0..<stages).map { i in
      (0..<i).filter { _ in Int.random(in: 0..<4, using: &random) == 0 }
    }
  }

  /// What a stage computes.
  static func answer(salt: Int, _ inputs: [Int]) -> Int {
    inputs.reduce(salt * 7) { ($0 * 3 + $1) % 101 } % 4
  }

  /// Every stage's value, computed directly.
  var values: [Int] {
    var values: [Int] = []
    for i in salts.indices {
      values.append(Self.answer(salt: salts[i], needs[i].map { values[$0] }))
    }
    return values
  }

  func graph() throws -> StageGraph {
    let stages = salts.indices.map { i in
      let inputs = needs[i].map { "s\($0)" }.joined(separator: ", ")
      return "  s\(i): {kind: fake, inputs: {in: [\(inputs)]}, options: {salt: \(salts[i])}}"
    }
    let text = """
      version: 2
      seed: 1
      default-profile: p
      profiles: [p]
      stages:
      \(stages.joined(separator: "\n"))
      """
    let spec = try Spec.load(SourceText(name: "fake.yaml", text: text))
    return StageGraph(
      nodes: spec.stages.enumerated().map { i, stage in
        StageNode(
          name: stage.name, replicate: 1, spec: stage, kind: FakeStage.self,
          inputs: [StageNode.Input(slot: FakeStage.inputs[0], nodes: needs[i])],
          seed: Seed(1, stage: stage.name), code: CodeFingerprint(files: []),
          options: KeyParts.flatten(stage.options))
      })
  }
}

/// Computes fake stages on the spot, tells so through a pipe as a process would, and keeps count.
final class FakeLauncher: StageLauncher {
  private let store: Store
  /// Stages that fail.
  var failing: Set<String> = []
  /// Stages whose process dies before it says anything.
  var dying: Set<String> = []
  /// Stages that have computed and go on publishing until another is started, or `release` is called.
  var publishing: Set<String> = []
  private var held: [(end: Int32, event: StageEvent)] = []
  /// What was started, in order.
  private(set) var started: [String] = []
  /// How many ran at once, at most.
  private(set) var peak = 0
  private var alive = 0

  init(store: Store) { self.store = store }

  func launch(_ job: StageJob, log: String) throws -> any RunningStage {
    release()
    started.append(job.name)
    alive += 1
    peak = max(peak, alive)
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { throw FileError(operation: "pipe", path: "", code: errno) }
    if publishing.contains(job.name) {
      Self.send(StageEvent.computed.line, to: ends[1])
      held.append((ends[1], try compute(job)))
    } else {
      Self.send(dying.contains(job.name) ? "" : try compute(job).line, to: ends[1])
      close(ends[1])
    }
    return Running(output: ends[0], launcher: self, dies: dying.contains(job.name))
  }

  /// Lets those that are publishing come to an end.
  func release() {
    for (end, event) in held {
      Self.send(event.line, to: end)
      close(end)
    }
    held = []
  }

  private static func send(_ text: String, to end: Int32) {
    _ = text.withCString { write(end, $0, strlen($0)) }
  }

  private func compute(_ job: StageJob) throws -> StageEvent {
    if failing.contains(job.name) { return .failed(.stageFailed, message: "it was told to fail") }
    var inputs: [Int] = []
    for input in job.inputs {
      guard let entry = store.anyRecord(input.recordKey)?.artifacts.first else {
        return .failed(.internalError, message: "no input")
      }
      do {
        inputs.append(Int(try store.get(entry.digest)[0]))
      } catch let damage as Store.Damage {
        return .damaged(digest: damage.digest, message: damage.description)
      }
    }
    guard case .int(let salt)? = job.options["salt"] else {
      return .failed(.internalError, message: "no salt")
    }
    let bytes = [UInt8(FakeGraph.answer(salt: salt, inputs))]
    let entry = Record.Entry(name: "out", form: .tensors, digest: try store.put(bytes), size: 1)
    try store.publish(
      Record(
        key: job.parts.key, stage: job.name, parts: job.parts, artifacts: [entry], conditions: [:],
        deviations: [], effort: .init(seconds: 0, peakMemory: 0, threads: 1, finished: 0),
        acceptedFrom: nil))
    return .finished
  }

  private final class Running: RunningStage {
    let output: Int32
    private let launcher: FakeLauncher
    private let dies: Bool

    init(output: Int32, launcher: FakeLauncher, dies: Bool) {
      self.output = output
      self.launcher = launcher
      self.dies = dies
    }

    func wait() -> StageEnd {
      close(output)
      launcher.alive -= 1
      return dies ? .signal(SIGKILL) : .exit(0)
    }

    func terminate() {}
  }
}

/// An observer that keeps what it is told.
struct EventList: RunObserver {
  private(set) var lines: [String] = []

  mutating func begin(stages: Int) { lines.append("begin \(stages)") }
  mutating func cached(_ stage: String) { lines.append("cached \(stage)") }
  mutating func started(_ stage: String, because reasons: [Staleness]) {
    lines.append("started \(stage)")
  }
  mutating func progressed(_ stage: String, _ progress: Contract.Progress) {}
  mutating func waiting(_ stage: String) { lines.append("waiting \(stage)") }
  mutating func repairing(_ stage: String, _ message: String) { lines.append("repairing \(stage)") }
  mutating func finished(_ stage: String, _ outcome: Outcome, seconds: Double) {
    lines.append("\(outcome.record == nil ? "failed" : "finished") \(stage)")
  }
  mutating func tick() {}
  mutating func end() { lines.append("end") }
}
