/// Writes the results and the report from what there is.
enum ReportCommand: Command {
  static let name = "report"
  static let summary = "write results/ and report/ from what is known, computing nothing"
  static let help = """
    Writes the tables, figures and plots of every stage whose answer is in the cache, and the report
    of everything that is in the cache or in results/. No cache is needed: what results/ holds is
    enough to write the report again. An answer that other code, options or inputs than today's gave
    is shown with the commit that made it and marked †. A stage without an answer is shown as not
    run.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let rendering = try Rendering(Project(call)).write()
    if !call.has("--quiet") { rendering.lines.forEach(Console.say) }
    return .good
  }
}
