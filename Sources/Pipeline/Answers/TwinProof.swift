import Contract

/// The proof that an edit of code changed nothing: a stage of the same kind in the demo profile,
/// computed by the new code, has the bytes that `results/demo` holds from before the edit.
final class TwinProof {
  /// The profile that needs no data and takes seconds.
  static let profile = "demo"

  private let call: Call
  private var opened: (demo: Project, recomputation: Recomputation)?
  /// The codes that were proven to change nothing, by digest.
  private var proven: Set<String> = []

  /// A proof that starts from nothing, once something is to be proven.
  init(_ call: Call) { self.call = call }

  /// Throws unless the code behind a node gives what the code before it gave.
  func require(for node: StageNode) throws {
    guard !proven.contains(node.code.digest) else { return }
    let (demo, recomputation) = try open()
    let twin = try twin(of: node, in: demo)
    let name = demo.graph.nodes[twin].name
    let (code, findings) = try recomputation.findings(of: [twin], call)
    guard code == .good, let finding = findings.first else {
      throw StageFailure(
        .computation, "\(node.name) is not accepted: its demo twin ‘\(name)’ could not be computed")
    }
    if let difference = finding.difference {
      throw StageFailure(
        .computation,
        "\(node.name) is not accepted: the edit changes its demo twin ‘\(name)’\n  \(difference)")
    }
    Console.say(
      "\(name) of the profile \(Self.profile), computed by the new code: \(finding.remark)")
    proven.insert(node.code.digest)
  }

  private func open() throws -> (demo: Project, recomputation: Recomputation) {
    if let opened { return opened }
    let demo = try Project(call, profile: Self.profile, asWritten: true)
    let opened = (demo, try Recomputation(demo))
    self.opened = opened
    return opened
  }

  /// The quickest stage of the same kind whose answer in `results/demo` is older than the edit; one
  /// with the same pieces, if there is any.
  private func twin(of node: StageNode, in demo: Project) throws -> Int {
    let folder = AnswerFolder(demo)
    let runs = try folder.runs()
    let twins = demo.graph.nodes.indices.filter { demo.graph.nodes[$0].kind == node.kind }
    let kept = try twins.compactMap { i in
      try folder.answer(demo.graph.nodes[i].name).map { (node: i, code: $0.code) }
    }
    guard !kept.isEmpty else {
      throw UsageError(
        message: "nothing proves that the edit leaves \(node.name) as it is: results/demo has no"
          + " stage of the kind ‘\(node.kind.kind)’",
        hint: "pipeline run \(node.name) --force says whether the bytes are the same")
    }
    let older = kept.filter { $0.code != demo.graph.nodes[$0.node].code.digest }
    guard !older.isEmpty else {
      throw UsageError(
        message:
          "nothing proves that the edit leaves \(node.name) as it is: what results/demo holds"
          + " of the kind ‘\(node.kind.kind)’ was made by the new code",
        hint: "bring results/demo back from before the edit, or pipeline run \(node.name) --force")
    }
    func rank(_ i: Int) -> (Int, Double, Int) {
      let twin = demo.graph.nodes[i]
      return (
        twin.code.digest == node.code.digest ? 0 : 1, runs.seconds(of: twin.name) ?? .infinity, i
      )
    }
    return older.map(\.node).min { rank($0) < rank($1) } ?? older[0].node
  }
}
