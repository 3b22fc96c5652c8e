/// Draws the graph as text for Mermaid or Graphviz.
enum GraphCommand: Command {
  static let name = "graph"
  static let summary = "write the stages and their inputs as a Mermaid or Graphviz graph"
  static let help = """
    Writes the graph of the profile to standard output. Fresh stages are drawn solid, stale ones
    dashed. GitHub and GitLab draw Mermaid in Markdown; Graphviz draws the other:

      pipeline graph --format dot | dot -Tsvg > graph.svg
    """
  static let options = [Option("--format", "NAME", "mermaid (the default) or dot")]

  static func run(_ call: Call) throws -> ExitCode {
    let project = try Project(call)
    let isFresh = project.resolver().states().map { $0.record != nil }
    switch call.value("--format") ?? "mermaid" {
    case "mermaid": Console.print(mermaid(project.graph, isFresh))
    case "dot": Console.print(dot(project.graph, isFresh))
    case let other:
      throw UsageError(message: "‘\(other)’ is no graph format", hint: "give mermaid or dot")
    }
    return .good
  }

  private static func mermaid(_ graph: StageGraph, _ isFresh: [Bool]) -> String {
    var lines = ["flowchart LR"]
    for (i, node) in graph.nodes.enumerated() {
      lines.append("  n\(i)[\"\(node.name)<br/><small>\(node.spec.kind)</small>\"]")
      if !isFresh[i] { lines.append("  style n\(i) stroke-dasharray: 5 5") }
    }
    for (i, node) in graph.nodes.enumerated() {
      for input in node.needs { lines.append("  n\(input) --> n\(i)") }
    }
    return lines.joined(separator: "\n")
  }

  private static func dot(_ graph: StageGraph, _ isFresh: [Bool]) -> String {
    var lines = ["digraph pipeline {", "  rankdir=LR; node [shape=box, fontname=\"DejaVu Sans\"];"]
    for (i, node) in graph.nodes.enumerated() {
      let style = isFresh[i] ? "solid" : "dashed"
      lines.append("  n\(i) [label=\"\(node.name)\\n\(node.spec.kind)\", style=\(style)];")
    }
    for (i, node) in graph.nodes.enumerated() {
      for input in node.needs { lines.append("  n\(input) -> n\(i);") }
    }
    return (lines + ["}"]).joined(separator: "\n")
  }
}
