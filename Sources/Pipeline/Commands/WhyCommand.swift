/// Explains why a stage would run, through the whole chain.
enum WhyCommand: Command {
  static let name = "why"
  static let summary = "explain why a stage would run: which value changed, from what to what"
  static let operands = "STAGE…"
  static let help = """
    Compares what a stage now stands for with the run it last stood for, and names each difference:
    options with their old and new value, files of code, inputs, seed. For a stage that waits for
    others the chain is followed up to the stages where the change began.

      pipeline why section-4
      pipeline why sweep --set sweep.options.epsilons=[0,0.1]
    """

  static func run(_ call: Call) throws -> ExitCode {
    guard !call.operands.isEmpty else {
      throw UsageError(
        message: "‘why’ needs the name of a stage", hint: "pipeline status lists the stages")
    }
    let project = try Project(call)
    let known = try Standings(project)
    for node in try project.nodes(named: call.operands) {
      explain(node, project, known, depth: 0)
    }
    return .good
  }

  private static func explain(
    _ i: Int, _ project: Project, _ known: Standings, depth: Int
  ) {
    let name = project.graph.nodes[i].name
    let indent = String(repeating: "  ", count: depth)
    if let older = known.standings[i].madeBy {
      Console.print("\(indent)\(name): results/ holds \(older), which is not today's")
    }
    switch known.states[i] {
    case _ where known.standings[i].isRecorded:
      Console.print(
        "\(indent)\(name): results/ holds its answer under today's key, and the cache does not; a run"
          + " computes it and proves its bytes")
    case .fresh(let record):
      let how = record.acceptedFrom.map { "accepted from \($0.prefix(12))" } ?? "computed"
      Console.print(
        "\(indent)\(name) is fresh: \(how), key \(record.key.prefix(12)); nothing that it depends on"
          + " has changed")
    case .stale(let parts, let reasons):
      Console.print("\(indent)\(name) would run (key \(parts.key.prefix(12))):")
      for reason in reasons { Console.print("\(indent)  - \(reason.sentence)") }
    case .waiting(let nodes):
      Console.print("\(indent)\(name) runs if one of its inputs comes out otherwise than before:")
      for input in nodes { explain(input, project, known, depth: depth + 1) }
    }
  }
}
