/// Lists the stages and where each stands.
enum StatusCommand: Command {
  static let name = "status"
  static let summary = "list the stages and where each stands"
  static let help = """
    One line a stage: fresh (its answer is in the cache), results (it is today's and in results/
    alone, so it would run, to prove it), stale (it would run, with the first reason) or waiting
    (that depends on a stage before it). Where results/ holds an answer that is not today's, the line
    names the commit that made it. Stages of other profiles come last. Nothing is computed.
    """

  static func run(_ call: Call) throws -> ExitCode {
    let project = try Project(call)
    let known = try Standings(project)
    if call.has("--json") {
      Console.print(json(project, known).text(pretty: true))
      return .good
    }
    let style = call.outputStyle
    let others = project.spec.leftOut
    let names = project.graph.nodes.map(\.name) + others.map(\.name)
    let width = (names.map(\.count).max() ?? 0) + 2
    for (i, node) in project.graph.nodes.enumerated() {
      let name = node.name + String(repeating: " ", count: width - node.name.count)
      Console.print(name + describe(known.states[i], known.standings[i], project, style))
    }
    for stage in others {
      let name = stage.name + String(repeating: " ", count: width - stage.name.count)
      Console.print(style.faint("\(name)—        \(stage.onlyText)"))
    }
    return .good
  }

  private static func describe(
    _ state: StageState, _ standing: Standing, _ project: Project, _ style: Style
  ) -> String {
    let older = standing.madeBy.map { style.faint("; results/ holds \($0)") } ?? ""
    switch (state, standing) {
    case (.fresh(let record), _):
      return style.good("fresh  ") + "  \(line(record, style))"
    case (_, .recorded(let record, _)):
      return style.good("results") + "  \(line(record, style))"
    case (.stale(_, let reasons), _):
      return style.warn("stale  ") + "  \(reasons.first?.sentence ?? "")\(older)"
    case (.waiting(let nodes), _):
      return style.faint("waiting") + "  for "
        + nodes.map { project.graph.nodes[$0].name }.joined(separator: ", ") + older
    }
  }

  private static func line(_ record: Record, _ style: Style) -> String {
    let took =
      record.effort.seconds > 0 ? "  took \(Style.duration(record.effort.seconds))" : ""
    return "\(record.key.prefix(12))\(style.faint(took))"
  }

  private static func json(_ project: Project, _ known: Standings) -> JSON {
    .array(
      project.graph.nodes.enumerated().map { i, node in
        let (word, key, reasons): (String, JSON, [String]) =
          switch (known.states[i], known.standings[i]) {
          case (.fresh(let record), _): ("fresh", .string(record.key), [])
          case (_, .recorded(let record, _)): ("results", .string(record.key), [])
          case (.stale(let parts, let reasons), _):
            ("stale", .string(parts.key), reasons.map(\.sentence))
          case (.waiting(let nodes), _):
            ("waiting", .null, nodes.map { project.graph.nodes[$0].name })
          }
        let older = known.standings[i].staleRecord
        return .object([
          ("stage", .string(node.name)), ("kind", .string(node.spec.kind)),
          ("state", .string(word)), ("key", key),
          ("reasons", .array(reasons.map { .string($0) })),
          ("stale_key", older.map { .string($0.key) } ?? .null),
          ("made_by", (older?.effort.commit).map { .string($0) } ?? .null),
        ])
      })
  }
}
