import Foundation

/// Runs everything and writes the results and the report.
enum AllCommand: Command {
  static let name = "all"
  static let summary = "run every stage, write the results and the report"
  static let help = """
    Brings every stage of the profile up to date, writes results/<profile>/ and
    report/<profile>/report.md, and prints the claims with their verdicts.

    What is in the cache is not computed again, so a second call takes no time, and a call after
    an interruption goes on where the first one stopped. What is in results/ alone is computed: that
    proves its bytes; `diff` and `report` show it without. Without --profile the standard profile
    is used; if its data are neither on disk nor to be downloaded, the demo profile runs instead.
    Where one of several data sets is missing, what needs it is left out and the rest runs.

      pipeline all                       the standard profile
      pipeline all --profile demo        synthetic digits: no data, no network
      pipeline all --dry-run             what would be computed, and why
    """

  static func run(_ call: Call) throws -> ExitCode {
    var project = try Project(call)
    let supply = DataSupply(project, call)
    var lacking = call.has("--dry-run") ? [:] : try supply.lacking()
    if project.spec.profile != "demo", supply.isEmptyHanded(lacking) {
      guard call.value("--profile") == nil, project.spec.profileNames.contains("demo")
      else { return .badInput }
      Console.say(
        call.style.warn(
          "→ running the demo profile on synthetic digits instead; its numbers are not comparable."
        ))
      project = try Project(call, profile: "demo")
      lacking = try DataSupply(project, call).lacking()
    }
    let wanted = Array(project.graph.nodes.indices)
    let forced = call.has("--force") ? Set(wanted) : []
    if call.has("--dry-run") {
      PlanCommand.show(project, try Standings(project, forced: forced), call)
      return .good
    }
    var summary = try RunCommand.execute(project, wanted, forced: forced, without: lacking, call)
    // Without a single answer there is nothing to write, and what an earlier run wrote stays.
    guard !summary.interrupted, summary.outcomes.contains(where: { $0.outcome.record != nil })
    else {
      return summary.exitCode
    }
    let rendering = try RunCommand.repairing(project, wanted, without: lacking, call, &summary) {
      try Rendering(project).write()
    }
    if !call.has("--quiet") {
      for line in rendering.lines { Console.say(line) }
      Console.say("")
      let diff = DiffReport(rendering.claims)
      Console.print(diff.text(color: call.outputStyle.color, width: Style.outputWidth))
    }
    return summary.exitCode
  }
}
