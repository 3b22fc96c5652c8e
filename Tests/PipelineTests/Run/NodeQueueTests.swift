import Testing

@testable import Pipeline

@Suite("Nodes waiting for their turn") struct NodeQueueTests {
  @Test(arguments: 1...8) func `the first of the graph always comes first`(seed: UInt64) {
    var random = SplitMix(state: seed)
    var (queue, waiting): (NodeQueue, [Int]) = (NodeQueue(), [])
    for _ in 0..<300 {
      if Int.random(in: 0..<3, using: &random) > 0 {
        let node = Int.random(in: 0..<100, using: &random)
        queue.insert(node)
        waiting.append(node)
      } else {
        let least = waiting.min()
        #expect(queue.first == least)
        #expect(queue.popFirst() == least)
        if let i = waiting.firstIndex(where: { $0 == least }) { waiting.remove(at: i) }
      }
      #expect(queue.count == waiting.count)
    }
    queue.removeAll()
    #expect(queue.popFirst() == nil)
  }
}
