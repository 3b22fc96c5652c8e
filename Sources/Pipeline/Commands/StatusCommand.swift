/// Lists the stages and where each stands.
enum StatusCommand: Command {
  static let name = "status"
  static let summary = "list the stages and where each stands"
  static let help = """
    One line a stage: fresh (its answer is in the cache), stale (it would run, with the first
    reason) or waiting (that depends on a stage before it). Stages of other profiles come last.
    Nothing is computed.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let project = try Project(call)
    let states = project.resolver().states()
    if call.has("--json") {
      Console.print(json(project, states).text(pretty: true))
      return .good
    }
    let style = call.outputStyle
    let others = project.spec.leftOut
    let names = project.graph.nodes.map(\.name) + others.map(\.name)
    let width = (names.map(\.count).max() ?? 0) + 2
    for (node, state) in zip(project.graph.nodes, states) {
      let name = node.name + String(repeating: " ", count: width - node.name.count)
      Console.print(name + describe(state, project, style))
    }
    for stage in others {
      let name = stage.name + String(repeating: " ", count: width - stage.name.count)
      Console.print(style.faint("\(name)—        \(stage.onlyText)"))
    }
    return .good
  }

  private static func describe(
    _ state: StageState, _ project: Project, _ style: Style
  ) -> String {
    switch state {
    case .fresh(let record):
      style.good("fresh  ") + "  \(record.key.prefix(12))  "
        + style.faint("took \(Style.duration(record.effort.seconds))")
    case .stale(_, let reasons):
      style.warn("stale  ") + "  \(reasons.first?.sentence ?? "")"
    case .waiting(let nodes):
      style.faint("waiting") + "  for "
        + nodes.map { project.graph.nodes[$0].name }.joined(separator: ", ")
    }
  }

  private static func json(_ project: Project, _ states: [StageState]) -> JSON {
    .array(
      zip(project.graph.nodes, states).map { node, state in
        let (word, key, reasons): (String, JSON, [String]) =
          switch state {
          case .fresh(let record): ("fresh", .string(record.key), [])
          case .stale(let parts, let reasons):
            ("stale", .string(parts.key), reasons.map(\.sentence))
          case .waiting(let nodes): ("waiting", .null, nodes.map { project.graph.nodes[$0].name })
          }
        return .object([
          ("stage", .string(node.name)), ("kind", .string(node.spec.kind)),
          ("state", .string(word)), ("key", key),
          ("reasons", .array(reasons.map { .string($0) })),
        ])
      })
  }
}
