/// What a run still has to look at: each node once, when everything that it needs has come to an end.
///
/// Looking at all that is left after each end would be quadratic in the number of stages.
struct Agenda {
  private let graph: StageGraph
  private let wanted: [Int]
  private let users: [[Int]]
  private var missing: [Int]
  private var open = NodeQueue()

  /// An agenda of the wanted nodes (inputs first).
  init(_ graph: StageGraph, _ wanted: [Int]) {
    self.graph = graph
    self.wanted = wanted
    var users = [[Int]](repeating: [], count: graph.nodes.count)
    for node in wanted {
      for input in graph.nodes[node].needs { users[input].append(node) }
    }
    self.users = users
    missing = [Int](repeating: 0, count: graph.nodes.count)
  }

  /// Begins anew with what is left: nodes without an end that are not running.
  mutating func restart(_ outcome: (Int) -> Outcome?, isRunning: (Int) -> Bool) {
    open.removeAll()
    for node in wanted where outcome(node) == nil && !isRunning(node) {
      let ends = graph.nodes[node].needs.map(outcome)
      missing[node] = ends.count { $0 == nil }
      let isHopeless = ends.contains { $0.map { $0.record == nil } ?? false }
      if missing[node] == 0 || isHopeless { open.insert(node) }
    }
  }

  /// Notes that a node came to an end; what needed nothing else is to be looked at, and where there is
  /// no answer, everything that needs it, at once.
  mutating func ended(_ node: Int, hasAnswer: Bool) {
    for user in users[node] {
      missing[user] -= 1
      if missing[user] == 0 || !hasAnswer { open.insert(user) }
    }
  }

  /// The next node to look at, in the order of the graph.
  mutating func next() -> Int? { open.popFirst() }
}
