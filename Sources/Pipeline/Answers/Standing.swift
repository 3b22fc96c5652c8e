import Contract
import Kernels

/// Where a stage's answer is, and whether it is today's.
enum Standing: Sendable {
  /// Today's, in the cache.
  case cached(Record)
  /// Today's by its key, in `results/` alone.
  case recorded(Record, Answer)
  /// `results/` holds one that other code, options or inputs gave.
  case stale(Record, Answer, [Staleness])
  /// There is none.
  case absent

  /// What is recorded of the answer, today's or not.
  var record: Record? {
    switch self {
    case .cached(let record), .recorded(let record, _), .stale(let record, _, _): record
    case .absent: nil
    }
  }

  /// The answer, if it is today's.
  var current: Record? {
    switch self {
    case .cached(let record), .recorded(let record, _): record
    case .stale, .absent: nil
    }
  }
}

extension Standing {
  /// Whether it is today's and in `results/` alone.
  var isRecorded: Bool { if case .recorded = self { true } else { false } }

  /// The answer that is not today's, if that is all there is.
  var staleRecord: Record? { if case .stale(let record, _, _) = self { record } else { nil } }

  /// `an answer of commit c25c9b6`, where `results/` holds one that is not today's.
  var madeBy: String? {
    staleRecord.map { record in
      record.effort.commit.map { "the answer of commit \($0)" } ?? "an answer of another day"
    }
  }
}

/// The code behind answers: most share it, so what a digest stands for is put together once.
private final class KnownCode {
  private let sets: CodeSets?
  private var prints: [String: CodeFingerprint?] = [:]

  init(_ sets: CodeSets?) { self.sets = sets }

  func fingerprint(_ digest: String) -> CodeFingerprint? {
    if let known = prints[digest] { return known }
    let print = sets?.fingerprint(digest)
    prints[digest] = .some(print)
    return print
  }
}

/// Where every stage of a project stands, by the cache and by `results/`.
struct Standings: Sendable {
  /// What a run would do, the keys of today being known wherever an answer is today's.
  let states: [StageState]
  /// What there is to show.
  let standings: [Standing]
  /// When and where the answers in `results/` were made; not read where all are fresh.
  let runs: RunLog

  /// Looks at every stage.
  ///
  /// An answer in `results/` is read only where the cache holds none, so a damaged one is in the way
  /// of nobody who does not need it. Nodes beside those of `only` (inputs first and without gaps) are
  /// not looked at and count as absent.
  init(_ project: Project, forced: Set<Int> = [], only nodes: Set<Int>? = nil) throws {
    let folder = AnswerFolder(project)
    let resolver = project.resolver(forced: forced)
    // As with the answers: of what the cache holds, its record tells when it ran.
    var log: RunLog?
    var (states, standings): ([StageState], [Standing]) = ([], [])
    var code: KnownCode?
    for (i, node) in project.graph.nodes.enumerated() {
      guard nodes?.contains(i) ?? true else {
        states.append(.waiting(on: []))
        standings.append(.absent)
        continue
      }
      var state = resolver.state(of: i) { standings[$0].current }
      guard case .fresh(let record) = state else {
        let runs = try log ?? folder.runs()
        log = runs
        let answer = try folder.answer(node.name)
        if answer != nil && code == nil { code = KnownCode(try folder.codeSets()) }
        let standing = answer.map { Self.standing($0, of: node, state, code, runs, project) }
        if case .stale(_, _, let reasons)? = standing, case .stale(let parts, [.neverRun]) = state {
          state = .stale(parts, reasons)
        }
        states.append(state)
        standings.append(standing ?? .absent)
        continue
      }
      states.append(state)
      standings.append(.cached(record))
    }
    (self.states, self.standings, runs) = (states, standings, log ?? RunLog())
  }

  private static func standing(
    _ answer: Answer, of node: StageNode, _ state: StageState, _ code: KnownCode?, _ runs: RunLog,
    _ project: Project
  ) -> Standing {
    let record = answer.record(
      code: answer.code.flatMap { code?.fingerprint($0) } ?? CodeFingerprint(files: []),
      effort: runs.effort(of: answer.stage, key: answer.key) ?? .unknown)
    switch state {
    case .fresh: return .cached(record)
    case .stale(let parts, _) where parts.key == answer.key: return .recorded(record, answer)
    case .stale(let parts, _):
      var reasons = Staleness.reasons(now: parts, last: record, artifactsAreThere: true)
      if answer.inputs.contains(where: { $0.digest == nil }) {
        reasons.removeAll { if case .inputChanged = $0 { true } else { false } }
        reasons.append(.inputsUnknown)
      }
      return .stale(record, answer, known(reasons, record))
    case .waiting(let nodes):
      let now = KeyParts(
        kind: node.spec.kind, options: node.options, inputs: record.parts.inputs,
        seed: node.seedText, code: node.code)
      let reasons = Staleness.reasons(now: now, last: record, artifactsAreThere: true)
      return .stale(
        record, answer,
        known(reasons, record) + [.inputStale(nodes.map { project.graph.nodes[$0].name })])
    }
  }

  /// The reasons without a list of files where those of then were not kept.
  private static func known(_ reasons: [Staleness], _ record: Record) -> [Staleness] {
    guard record.parts.code.files.isEmpty else { return reasons }
    return reasons.map { if case .codeChanged = $0 { .codeChanged(files: []) } else { $0 } }
  }
}

extension Record.Effort {
  /// What nobody noted.
  static let unknown = Record.Effort(seconds: 0, peakMemory: 0, threads: 0, finished: 0)
}

extension StageNode {
  /// The seed as a key has it.
  var seedText: String { String(seed.key, radix: 16) }
}
