/// How one stage of a run ended.
enum Outcome: Sendable {
  /// Its answer was in the store.
  case cached(Record)
  /// It was computed; `changes` names artifacts that differ from the last run's, nil if there was none.
  case computed(Record, because: [Staleness], changes: [String]?)
  /// There is no answer.
  case failed(ExitCode, message: String, log: String)
  /// Something it needs has no answer.
  case skipped(because: String)
  /// It reads a data set that is not to be had, or needs a stage that does.
  case withoutData(String)
  /// The run ended before its turn came.
  case notStarted

  /// The record, if there is an answer.
  var record: Record? {
    switch self {
    case .cached(let record), .computed(let record, _, _): record
    default: nil
    }
  }

  /// Whether it was tried and gave nothing.
  var isFailure: Bool { if case .failed = self { true } else { false } }
  /// The data set that it or something it needs would read, if it was left out for want of that.
  var missingData: String? { if case .withoutData(let name) = self { name } else { nil } }
  /// Whether it was left out because of another.
  var isSkipped: Bool { if case .skipped = self { true } else { false } }
}

/// What a run did, stage by stage.
struct RunSummary: Sendable {
  /// Every wanted stage, inputs first.
  let outcomes: [(name: String, outcome: Outcome)]
  /// Wall-clock seconds.
  let seconds: Double
  /// Whether somebody stopped it.
  let interrupted: Bool

  /// Good if everything has an answer whose data are to be had; otherwise the code of the first failure.
  var exitCode: ExitCode {
    if interrupted { return .interrupted }
    for (_, outcome) in outcomes {
      if case .failed(let code, _, _) = outcome { return code }
    }
    return outcomes.allSatisfy { $0.outcome.record != nil || $0.outcome.missingData != nil }
      ? .good : .stageFailed
  }

  /// What ran, what was known, what failed and where to look.
  func lines(style: Style) -> [String] {
    let computed = outcomes.filter { if case .computed = $0.outcome { true } else { false } }
    let cached = outcomes.filter { if case .cached = $0.outcome { true } else { false } }
    let failed = outcomes.filter(\.outcome.isFailure)
    let left = outcomes.filter { $0.outcome.record == nil && !$0.outcome.isFailure }
    var parts = ["\(computed.count) computed", "\(cached.count) from the cache"]
    if !failed.isEmpty { parts.append(style.bad("\(failed.count) failed")) }
    if !left.isEmpty { parts.append("\(left.count) not run") }
    let time = Style.duration(seconds)
    var lines = [(interrupted ? "interrupted after \(time): " : "") + parts.joined(separator: ", ")]
    if !interrupted { lines[0] += " in \(time)" }
    for (name, outcome) in failed {
      guard case .failed(_, let message, let log) = outcome else { continue }
      lines.append("\(style.bad("✗")) \(name): \(message)")
      lines.append("  its messages: \(log)")
    }
    for (name, outcome) in left {
      if case .skipped(let culprit) = outcome { lines.append("- \(name): needs \(culprit)") }
      if let data = outcome.missingData {
        lines.append("- \(name): needs the data set \(data), which is not at hand")
      }
    }
    return lines
  }
}
