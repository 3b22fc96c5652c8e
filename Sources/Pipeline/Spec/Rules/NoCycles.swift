/// No stage needs its own answer.
///
/// The error shows the way round and points at the edge that closes it.
enum NoCycles: SpecRule {
  static func check(_ spec: Spec, kinds: [KindInfo]) throws(SpecError) {
    var finished: Set<String> = []
    for start in spec.stages + spec.leftOut where !finished.contains(start.name) {
      try walk(from: start, in: spec, finished: &finished)
    }
  }

  /// Goes depth first, with its own stack: a chain of stages may be longer than the call stack.
  private static func walk(
    from start: StageSpec, in spec: Spec, finished: inout Set<String>
  ) throws(SpecError) {
    var path = [(stage: start, edges: edges(of: start), next: 0)]
    var onPath: Set<String> = [start.name]
    while let last = path.last {
      guard last.next < last.edges.count else {
        finished.insert(last.stage.name)
        onPath.remove(last.stage.name)
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let edge = last.edges[last.next]
      if onPath.contains(edge.stage) {
        throw cycle(path.map(\.stage.name), closedBy: edge)
      }
      let needed = spec.stage(named: edge.stage) ?? spec.leftOut(named: edge.stage)
      if !finished.contains(edge.stage), let stage = needed {
        path.append((stage, edges(of: stage), 0))
        onPath.insert(edge.stage)
      }
    }
  }

  private static func edges(of stage: StageSpec) -> [StageSpec.Reference] {
    stage.inputs.flatMap(\.references)
  }

  private static func cycle(
    _ path: [String], closedBy edge: StageSpec.Reference
  ) -> SpecError {
    let round = Array(path.drop { $0 != edge.stage }) + [edge.stage]
    let shown = round.count <= 10 ? round : round.prefix(5) + ["…"] + round.suffix(4)
    return SpecError(
      edge.place, "the stages need each other: \(shown.joined(separator: " → "))",
      hint: "a stage cannot need its own answer; remove one of these inputs")
  }
}
