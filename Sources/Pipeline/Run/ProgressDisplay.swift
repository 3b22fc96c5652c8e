import Contract
import Foundation
import Goodfellow2015

/// Shows a run on standard error: one live line a running stage on a terminal, plain lines at
/// sensible intervals elsewhere.
struct ProgressDisplay: RunObserver {
  private let style: Style
  private let isLive: Bool
  private let isQuiet: Bool
  private let width: Int?
  private let write: (String) -> Void
  private var total = 0
  private var done = 0
  private var stages: [String: Line] = [:]
  private var order: [String] = []
  private var drawn = 0
  private var nextDraw = ContinuousClock.now

  private struct Line {
    let begin = ContinuousClock.now
    var first: (time: ContinuousClock.Instant, done: Int)?
    var progress: Contract.Progress?
    var note = "starting"
    var nextReport = ContinuousClock.now + .seconds(5)
  }

  /// A display; `live` redraws lines in place, cut to `width` or else to the terminal's.
  init(
    style: Style, live: Bool, quiet: Bool, width: Int? = nil,
    write: @escaping (String) -> Void = { FileHandle.standardError.write(Data($0.utf8)) }
  ) {
    self.style = style
    isLive = live && !quiet
    isQuiet = quiet
    self.width = width
    self.write = write
  }

  mutating func begin(stages: Int) { total = stages }

  mutating func cached(_ stage: String) {
    done += 1
  }

  mutating func started(_ stage: String, because reasons: [Staleness]) {
    stages[stage] = Line()
    order.append(stage)
    if !isLive, let reason = reasons.first {
      say("\(stage): started, because \(reason.sentence)")
    }
  }

  mutating func progressed(_ stage: String, _ progress: Contract.Progress) {
    guard var line = stages[stage] else { return }
    line.progress = progress
    if line.first == nil { line.first = (.now, progress.done) }
    let isDue = !isLive && ContinuousClock.now >= line.nextReport
    // Plain lines get rarer the longer a stage takes.
    if isDue { line.nextReport = .now + max(.seconds(5), line.begin.duration(to: .now) / 4) }
    stages[stage] = line
    if isDue { say("\(stage): \(status(line))") }
  }

  mutating func waiting(_ stage: String) {
    stages[stage]?.note = "waiting for another run that computes the same"
    if !isLive { say("\(stage): waiting for another run that computes the same") }
  }

  mutating func repairing(_ stage: String, _ message: String) {
    leave(stage)
    say("\(stage): \(message); making it again")
  }

  mutating func finished(_ stage: String, _ outcome: Outcome, seconds: Double) {
    leave(stage)
    done += 1
    let time = Style.duration(seconds)
    switch outcome {
    case .computed(_, _, let changes):
      let note =
        switch changes {
        case nil: ""
        case []?: ", same bytes as before"
        case let names?: ", changed: \(names.joined(separator: ", "))"
        }
      say("\(style.good("✓")) \(stage) (\(time)\(note))")
    case .failed(_, let message, _): say("\(style.bad("✗")) \(stage) (\(time)): \(message)")
    case .cached: say("\(style.good("✓")) \(stage): another run has computed it")
    case .skipped, .withoutData, .notStarted: break
    }
  }

  mutating func tick() {
    guard isLive, ContinuousClock.now >= nextDraw else { return }
    nextDraw = .now + .milliseconds(100)
    erase()
    let width = width ?? Style.terminalWidth
    for name in order {
      guard let line = stages[name] else { continue }
      write(Style.cut(liveLine(name, line), to: width) + "\n")
      drawn += 1
    }
    let left = total - done
    write(
      Style.cut(style.faint("\(done) of \(total) stages done, \(left) to go"), to: width) + "\n")
    drawn += 1
  }

  mutating func end() { erase() }

  // MARK: Drawing

  private mutating func leave(_ stage: String) {
    stages[stage] = nil
    order.removeAll { $0 == stage }
  }

  private mutating func say(_ text: String) {
    if isQuiet { return }
    erase()
    write(text + "\n")
  }

  private mutating func erase() {
    if drawn > 0 { write("\u{1B}[\(drawn)A\u{1B}[J") }
    drawn = 0
  }

  private func liveLine(_ name: String, _ line: Line) -> String {
    let fraction = line.progress.map { Double($0.done) / Double(max(1, $0.total)) } ?? 0
    return "\(name) \(style.bar(fraction)) \(status(line))"
  }

  private func status(_ line: Line) -> String {
    guard let progress = line.progress else { return line.note }
    var text = "\(progress.done)/\(progress.total) \(progress.unit)"
    if let first = line.first, progress.done > first.done {
      let elapsed = first.time.duration(to: .now) / .seconds(1)
      let rate = Double(progress.done - first.done) / max(elapsed, 1e-3)
      text += ", \(Style.rate(rate)) \(progress.unit)/s"
      text += ", \(Style.duration(Double(progress.total - progress.done) / rate)) left"
    }
    return progress.detail.isEmpty ? text : "\(text) (\(progress.detail))"
  }
}
