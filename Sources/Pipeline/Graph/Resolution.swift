import Kernels

/// Where a stage stands: what is in the store for it, or why it has to be computed.
enum StageState: Sendable {
  /// Its answer is known.
  case fresh(Record)
  /// It has to be computed, for these reasons.
  case stale(KeyParts, [Staleness])
  /// It cannot be said before these stages have been computed.
  case waiting(on: [Int])

  /// The record of a fresh stage.
  var record: Record? { if case .fresh(let record) = self { record } else { nil } }
}

/// Compares the graph with the store.
struct Resolver: Sendable {
  let graph: StageGraph
  let store: Store
  let profile: String
  /// Nodes that are to run whatever the store holds.
  var forced: Set<Int> = []

  /// The state of every node, given what is known about those before it.
  func states() -> [StageState] {
    var states: [StageState] = []
    for i in graph.nodes.indices {
      states.append(state(of: i) { states[$0].record })
    }
    return states
  }

  /// The states of some nodes, inputs first and without gaps, by node.
  func states(of nodes: [Int]) -> [Int: StageState] {
    var states: [Int: StageState] = [:]
    for i in nodes { states[i] = state(of: i) { states[$0]?.record } }
    return states
  }

  /// The state of one node; `record` answers for the nodes it needs.
  func state(of i: Int, record: (Int) -> Record?) -> StageState {
    let node = graph.nodes[i]
    let missing = node.needs.filter { record($0) == nil }
    guard missing.isEmpty else { return .waiting(on: missing) }
    let parts = keyParts(of: node, record)
    let known = store.record(parts.key)
    // The same key means the same code, and the node says which files that is.
    if let known, !forced.contains(i) { return .fresh(known.with(code: node.code)) }
    if forced.contains(i) { return .stale(parts, [.forced]) }
    return .stale(
      parts,
      Staleness.reasons(
        now: parts, last: store.latest(profile: profile, stage: node.name),
        artifactsAreThere: false))
  }

  private func keyParts(of node: StageNode, _ record: (Int) -> Record?) -> KeyParts {
    KeyParts(
      kind: node.spec.kind, options: node.options,
      inputs: node.inputs.flatMap { input in
        input.nodes.compactMap { i in
          record(i).map {
            KeyParts.Input(
              slot: input.slot.name, stage: graph.nodes[i].name,
              digest: $0.digest(
                of: input.slot.artifacts, told: graph.conditions(of: i, told: node, record)))
          }
        }
      },
      seed: node.seedText, code: node.code)
  }
}
