import Foundation

/// Runs named stages and what they need.
enum RunCommand: Command {
  static let name = "run"
  static let summary = "run stages and what they need"
  static let operands = "STAGE…"
  static let help = """
    Brings the named stages up to date, and before them whatever they need. With --force the named
    stages run even if their answers are known; the run then says whether the bytes are the same.
    The results of all these are written; `pipeline report` brings the report up to date.

      pipeline run section-4
      pipeline run section-4 --force
      pipeline run maxout@2
    """

  static func run(_ call: Call) throws -> ExitCode {
    guard !call.operands.isEmpty else {
      throw UsageError(
        message: "‘run’ needs the name of a stage", hint: "pipeline status lists the stages")
    }
    let project = try Project(call)
    let named = try project.nodes(named: call.operands)
    let forced = call.has("--force") ? Set(named) : []
    let wanted = project.graph.closure(of: named)
    if call.has("--dry-run") {
      PlanCommand.show(project, try Standings(project, forced: forced), call, only: Set(wanted))
      return .good
    }
    guard try DataSupply(project, call).lacking(for: Set(wanted)).isEmpty else { return .badInput }
    let users = Users(project, of: wanted, forced: forced)
    var summary = try execute(project, wanted, forced: forced, call)
    if summary.interrupted { return summary.exitCode }
    let rendering = try repairing(project, wanted, call, &summary) {
      try Rendering(project, only: Set(wanted)).writeResults()
    }
    if !call.has("--quiet") {
      tellChanges(summary, users)
      for line in rendering.lines { Console.say(line) }
    }
    return summary.exitCode
  }

  /// Runs nodes in front of a person and prints the summary.
  static func execute(
    _ project: Project, _ wanted: [Int], forced: Set<Int>, without: [Int: String] = [:],
    _ call: Call
  ) throws -> RunSummary {
    var scheduler = Scheduler(
      project.resolver(forced: forced), project.settings(call), without: without)
    var display = ProgressDisplay(
      style: call.style, live: isatty(STDERR_FILENO) == 1, quiet: call.has("--quiet"))
    let summary = try scheduler.run(wanted, observer: &display)
    if !call.has("--quiet") || summary.exitCode != .good {
      for line in summary.lines(style: call.style) { Console.say(line) }
    }
    return summary
  }

  /// Writes files from the store; an artifact that is found damaged is made again.
  static func repairing(
    _ project: Project, _ wanted: [Int], without: [Int: String] = [:], _ call: Call,
    _ summary: inout RunSummary, write: () throws -> Rendering.Written
  ) throws -> Rendering.Written {
    var repaired: Set<String> = []
    while true {
      do {
        return try write()
      } catch let damage as Store.Damage where repaired.insert(damage.digest).inserted {
        Console.say("\(damage); making it again")
        project.store.discard(damage.digest)
        summary = try execute(project, wanted, forced: [], without: without, call)
      }
    }
  }

  /// Says which artifacts came out otherwise than before, and what that makes stale.
  private static func tellChanges(_ summary: RunSummary, _ users: Users) {
    for (name, outcome) in summary.outcomes {
      guard case .computed(_, _, let changes) = outcome else { continue }
      switch changes {
      case nil: Console.say("\(name): computed for the first time in this profile")
      case []?: Console.say("\(name): every artifact has the same bytes as before")
      case let names?: Console.say("\(name): changed \(names.joined(separator: ", "))")
      }
    }
    let stale = users.nowStale
    if !stale.isEmpty { Console.say("now stale: \(stale.joined(separator: ", "))") }
  }

  /// The stages that are fresh before a run and use what it is about to compute.
  private struct Users {
    private let project: Project
    private let fresh: [Int]

    /// Looks at the users of those of the wanted nodes that will run, and at no others.
    init(_ project: Project, of wanted: [Int], forced: Set<Int>) {
      self.project = project
      let resolver = project.resolver(forced: forced)
      let states = resolver.states(of: wanted)
      let running = Set(wanted.filter { states[$0]?.record == nil })
      let users = project.graph.dependents(of: running)
      let before = project.resolver().states(of: project.graph.closure(of: users))
      fresh = users.filter { before[$0]?.record != nil }
    }

    /// The names of those that are not fresh any more.
    var nowStale: [String] {
      let states = project.resolver().states(of: project.graph.closure(of: fresh))
      return fresh.filter { states[$0]?.record == nil }.map { project.graph.nodes[$0].name }
    }
  }
}
