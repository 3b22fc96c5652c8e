/// Says what a run would compute.
enum PlanCommand: Command {
  static let name = "plan"
  static let summary = "say what a run would compute, in order, and why"
  static let help = """
    Lists the stages that `pipeline all` would start, in order, each with its reason, and those that
    may turn out to be unchanged once their inputs are known. Nothing is computed.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let project = try Project(call)
    let forced = call.has("--force") ? Set(project.graph.nodes.indices) : []
    show(project, project.resolver(forced: forced).states(), call)
    return .good
  }

  /// Prints the plan; `only` leaves out other nodes.
  static func show(
    _ project: Project, _ states: [StageState], _ call: Call, only: Set<Int>? = nil
  ) {
    let shown = project.graph.nodes.indices.filter { only?.contains($0) ?? true }
    if call.has("--json") {
      Console.print(json(project, states, shown).text(pretty: true))
      return
    }
    let style = call.outputStyle
    var steps = 0
    for i in shown {
      let name = style.strong(project.graph.nodes[i].name)
      switch states[i] {
      case .fresh: continue
      case .stale(_, let reasons):
        Console.print("run    \(name): \(reasons.map(\.sentence).joined(separator: "; "))")
      case .waiting(let nodes):
        let names = nodes.map { project.graph.nodes[$0].name }.joined(separator: ", ")
        Console.print("maybe  \(name): if what comes out of \(names) is new to it")
      }
      steps += 1
    }
    let fresh = shown.count - steps
    Console.print(
      steps == 0
        ? "nothing to do: all \(fresh) stages are fresh" : "\(steps) to run, \(fresh) fresh")
  }

  private static func json(_ project: Project, _ states: [StageState], _ shown: [Int]) -> JSON {
    .array(
      shown.compactMap { i in
        let (action, why): (String, [String])
        switch states[i] {
        case .fresh: return nil
        case .stale(_, let reasons): (action, why) = ("run", reasons.map(\.sentence))
        case .waiting(let nodes):
          (action, why) = ("maybe", nodes.map { project.graph.nodes[$0].name })
        }
        return .object([
          ("stage", .string(project.graph.nodes[i].name)), ("action", .string(action)),
          ("why", .array(why.map { .string($0) })),
        ])
      })
  }
}
