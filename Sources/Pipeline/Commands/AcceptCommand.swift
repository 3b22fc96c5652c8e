/// Adopts known answers after an edit that is known to change nothing.
enum AcceptCommand: Command {
  static let name = "accept"
  static let summary = "adopt a stage's last answer after an edit of code that changes nothing"
  static let operands = "STAGE…"
  static let help = """
    After a refactoring that changes no number, `accept` lets the last answer of a stage stand for
    the new code, and the record says so. It proves it first: a stage of the same kind in the demo
    profile is computed from nothing by the new code, and every byte must be what results/demo holds
    from before the edit. It is refused where that fails, where there is no such stage, and where
    anything but the code differs.

    The proof is as good as the demo: to be certain, run the stage with --force, which says whether
    the bytes are the same.
    """

  static func run(_ call: Call) throws -> ExitCode {
    guard !call.operands.isEmpty else {
      throw UsageError(
        message: "‘accept’ needs the name of a stage", hint: "pipeline status lists stale stages")
    }
    let project = try Project(call)
    let proof = TwinProof(call)
    for i in try project.nodes(named: call.operands) {
      // Asked anew for each, since adopting one may decide the next.
      try accept(i, project.resolver().states()[i], project, proof)
    }
    return .good
  }

  private static func accept(
    _ i: Int, _ state: StageState, _ project: Project, _ proof: TwinProof
  ) throws {
    let name = project.graph.nodes[i].name
    switch state {
    case .fresh: Console.say("\(name) is fresh already")
    case .waiting(let nodes):
      throw UsageError(
        message: "\(name) cannot be accepted before what it needs",
        hint: "accept or run first: "
          + nodes.map { project.graph.nodes[$0].name }.joined(separator: ", "))
    case .stale(let parts, let reasons):
      guard let old = project.store.latest(profile: project.spec.profile, stage: name),
        let whole = project.store.record(old.key)
      else {
        throw UsageError(message: "\(name) has no answer to adopt", hint: "pipeline run \(name)")
      }
      let others = reasons.filter { if case .codeChanged = $0 { false } else { true } }
      guard others.isEmpty else {
        throw UsageError(
          message: "\(name) differs in more than its code: "
            + others.map(\.sentence).joined(separator: "; "),
          hint: "pipeline run \(name)")
      }
      try proof.require(for: project.graph.nodes[i])
      try project.store.noteCode(parts.code)
      try project.store.publish(
        Record(
          key: parts.key, stage: name, parts: parts, artifacts: whole.artifacts,
          conditions: whole.conditions, deviations: whole.deviations, effort: whole.effort,
          acceptedFrom: whole.key))
      try project.store.setLatest(parts.key, profile: project.spec.profile, stage: name)
      Console.say("\(name): the answer of \(whole.key.prefix(12)) now stands for the new code")
    }
  }
}
