/// Says what a run would compute.
enum PlanCommand: Command {
  static let name = "plan"
  static let summary = "say what a run would compute, in order, and why"
  static let help = """
    Lists the stages that `pipeline all` would start, in order, each with its reason and how long it
    took when it last ran (by results/<profile>/runs.csv), and those that may turn out to be unchanged
    once their inputs are known. What is in results/ alone runs too: that proves its bytes. Nothing is
    computed.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let project = try Project(call)
    let forced = call.has("--force") ? Set(project.graph.nodes.indices) : []
    show(project, try Standings(project, forced: forced), call)
    return .good
  }

  /// Prints the plan; `only` leaves out other nodes.
  static func show(
    _ project: Project, _ known: Standings, _ call: Call, only: Set<Int>? = nil
  ) {
    let shown = project.graph.nodes.indices.filter { only?.contains($0) ?? true }
    if call.has("--json") {
      Console.print(json(project, known, shown).text(pretty: true))
      return
    }
    let style = call.outputStyle
    var (steps, seconds, unknown) = (0, 0.0, 0)
    for i in shown {
      let name = style.strong(project.graph.nodes[i].name)
      let last = known.runs.seconds(of: project.graph.nodes[i].name)
      let took = last.map { style.faint(" (took \(Style.duration($0)))") } ?? ""
      switch (known.states[i], known.standings[i]) {
      case (.fresh, _): continue
      case (_, .recorded):
        Console.print("run    \(name): \(inResultsAlone)\(took)")
      case (.stale(_, let reasons), _):
        Console.print(
          "run    \(name): \(reasons.map(\.sentence).joined(separator: "; "))\(took)")
      case (.waiting(let nodes), _):
        let names = nodes.map { project.graph.nodes[$0].name }.joined(separator: ", ")
        Console.print("maybe  \(name): if what comes out of \(names) is new to it\(took)")
      }
      steps += 1
      seconds += last ?? 0
      unknown += last == nil ? 1 : 0
    }
    let fresh = shown.count - steps
    let time =
      unknown == steps
      ? "" : "; they took \(Style.duration(seconds))\(unknown == 0 ? "" : ", \(unknown) unknown")"
    Console.print(
      steps == 0
        ? "nothing to do: all \(fresh) stages are fresh" : "\(steps) to run, \(fresh) fresh\(time)")
  }

  private static let inResultsAlone = "its answer is in results/ alone"

  private static func json(_ project: Project, _ known: Standings, _ shown: [Int]) -> JSON {
    .array(
      shown.compactMap { i in
        let (action, why): (String, [String])
        switch (known.states[i], known.standings[i]) {
        case (.fresh, _): return nil
        case (_, .recorded): (action, why) = ("run", [inResultsAlone])
        case (.stale(_, let reasons), _): (action, why) = ("run", reasons.map(\.sentence))
        case (.waiting(let nodes), _):
          (action, why) = ("maybe", nodes.map { project.graph.nodes[$0].name })
        }
        return .object([
          ("stage", .string(project.graph.nodes[i].name)), ("action", .string(action)),
          ("why", .array(why.map { .string($0) })),
          (
            "seconds",
            known.runs.seconds(of: project.graph.nodes[i].name).map { .double($0) } ?? .null
          ),
        ])
      })
  }
}
