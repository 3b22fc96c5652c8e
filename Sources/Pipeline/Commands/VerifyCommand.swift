/// Computes stages from nothing and compares them with `results/`.
enum VerifyCommand: Command {
  static let name = "verify"
  static let summary = "compute stages from nothing and compare every byte with results/"
  static let operands = "[STAGE…]"
  static let help = """
    The proof for a stranger that the numbers in results/ are not made up: computes the named stages
    and whatever they need again, in a cache of their own that is thrown away, and compares every
    table, picture and array with what results/ holds. The first difference of each stage is named
    with its file and its row and column, or its byte. results/ and the cache stay as they are.

    Without a name every stage of the profile is computed. --sample N takes N of them by a fixed
    rule: the stages are ordered by SHA-256 of the run's seed and their name, and the first N are
    taken, so that everybody checks the same ones and --seed gives others.

      pipeline verify --sample 3 --profile demo
      pipeline verify section-4

    Exit code 0: everything is the same; 1: something is not.
    """
  static let options = [
    Option("--sample", "N", "check N stages that the run's seed chooses")
  ]

  static func run(_ call: Call) throws -> ExitCode {
    let project = try Project(call)
    var chosen = Array(project.graph.nodes.indices)
    if !call.operands.isEmpty { chosen = try project.nodes(named: call.operands) }
    if let count = try call.number("--sample", in: 1...1_000_000) {
      chosen = Verification.sample(
        count, of: chosen, project.graph, seed: project.spec.seed)
    }
    if call.has("--dry-run") {
      for i in chosen { Console.print(project.graph.nodes[i].name) }
      Console.say(
        "\(chosen.count) stages would be compared, \(project.graph.closure(of: chosen).count) computed"
      )
      return .good
    }
    let (code, findings) = try Recomputation(project).findings(of: chosen, call)
    guard code == .good else { return code }
    if call.has("--json") {
      Console.print(json(findings).text(pretty: true))
    } else {
      findings.forEach { Console.print(line($0, call.outputStyle)) }
    }
    let different = findings.count { $0.difference != nil }
    Console.say(
      different == 0
        ? "\(findings.count) stages computed from nothing, every byte as in \(AnswerFolder(project).path)"
        : "\(different) of \(findings.count) stages differ from \(AnswerFolder(project).path)")
    return different == 0 ? .good : .stageFailed
  }

  private static func line(_ finding: Verification.Finding, _ style: Style) -> String {
    guard let difference = finding.difference else {
      return "\(style.good("✓")) \(finding.stage): \(finding.remark)"
    }
    return "\(style.bad("✗")) \(finding.stage): \(difference)"
  }

  private static func json(_ findings: [Verification.Finding]) -> JSON {
    .array(
      findings.map {
        [
          "stage": .string($0.stage), "same": .bool($0.difference == nil),
          "difference": $0.difference.map { .string($0) } ?? .null,
        ]
      })
  }
}
