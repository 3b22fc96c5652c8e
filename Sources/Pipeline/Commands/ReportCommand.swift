/// Writes the results and the report from what is in the cache.
enum ReportCommand: Command {
  static let name = "report"
  static let summary = "write results/ and report/ from the cache, computing nothing"
  static let help = """
    Writes the tables, figures and plots of every fresh stage and the report. A stage that is stale
    or was never run is shown as not run.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let rendering = try Rendering(Project(call)).write()
    if !call.has("--quiet") { rendering.lines.forEach(Console.say) }
    return .good
  }
}
