/// Nodes waiting for their turn, the first in the order of the graph always at hand: a binary heap.
struct NodeQueue {
  private var heap: [Int] = []

  /// How many wait.
  var count: Int { heap.count }

  /// The node whose turn it is.
  var first: Int? { heap.first }

  /// Adds a node.
  mutating func insert(_ node: Int) {
    heap.append(node)
    var i = heap.count - 1
    while i > 0, heap[i] < heap[(i - 1) / 2] {
      heap.swapAt(i, (i - 1) / 2)
      i = (i - 1) / 2
    }
  }

  /// Takes the node whose turn it is.
  mutating func popFirst() -> Int? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if heap.isEmpty { return first }
    heap[0] = last
    var i = 0
    while true {
      let child = [2 * i + 1, 2 * i + 2].filter { $0 < heap.count }.min { heap[$0] < heap[$1] }
      guard let child, heap[child] < heap[i] else { return first }
      heap.swapAt(i, child)
      i = child
    }
  }

  /// Takes all away.
  mutating func removeAll() { heap = [] }
}
