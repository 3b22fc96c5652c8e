import Testing

@testable import Kernels

@Suite struct TensorTests {
  let workspace = Workspace(threads: 1)

  @Test func aCopyKeepsItsNumbersWhenTheOtherIsWritten() {
    var a = workspace.tensor([3], [1, 2, 3])
    let b = a
    let c = a.reshaped([3, 1])
    a.values = [7, 8, 9]
    #expect(a.values == [7, 8, 9])
    #expect(b.values == [1, 2, 3])
    #expect(c.values == [1, 2, 3] && c.shape == [3, 1])
  }

  @Test func memoryGoesRound() {
    func make() { _ = workspace.tensor([1000]) + workspace.tensor([1000]) }
    make()
    let before = (workspace.freshAllocations, workspace.freshBytes)
    for _ in 0..<10 { make() }
    #expect(before == (workspace.freshAllocations, workspace.freshBytes))
    #expect(before.0 == 3)
  }

  @Test func newTensorsAreZeroEvenInUsedMemory() {
    _ = workspace.tensor([100], [Float](repeating: 5, count: 100))
    #expect(workspace.tensor([100]).values == [Float](repeating: 0, count: 100))
  }

  @Test func rowsAreCopied() {
    let x = workspace.tensor([4, 2], [0, 1, 10, 11, 20, 21, 30, 31])
    #expect(x.rows(1..<3).values == [10, 11, 20, 21])
    #expect(x.gathered(rows: [3, 0, 3]).values == [30, 31, 0, 1, 30, 31])
    #expect(x.gathered(rows: [3, 0, 3]).shape == [3, 2])
    #expect(x.rows(2..<2).shape == [0, 2])
  }

  @Test(arguments: [1, 255, 256, 257, 4097, 1_000_000, 5_000_001])
  func sizeClassesWasteAQuarterAtMost(_ bytes: Int) {
    let size = BufferStore.sizeClass(bytes)
    #expect(size >= bytes && (size <= bytes * 5 / 4 || size == 256))
    #expect(BufferStore.sizeClass(size) == size)
  }

  @Test func manyThreadsMayUseOneWorkspace() async {
    let shared = Workspace(threads: 3)
    let x = shared.tensor([64, 64], noise(4096, "x"))
    let alone = matmul(x, x).values.bits
    let all = await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<20 {
        group.addTask { (0..<20).allSatisfy { _ in matmul(x, x).values.bits == alone } }
      }
      return await group.reduce(true) { $0 && $1 }
    }
    #expect(all)
  }

  @Test func everyShardRunsOnceWhateverTheOthersDo() {
    for threads in [1, 2, 3, 5] {
      let workspace = Workspace(threads: threads)
      for shards in [0, 1, 2, 7, 100] {
        var counts = [Int](repeating: 0, count: max(shards, 1))
        counts.withUnsafeMutableBufferPointer { counts in
          workspace.parallel(shards) { shard, worker in
            workspace.parallel(2) { _, _ in counts[shard] += worker < threads ? 1 : 100 }
          }
        }
        #expect(counts == [Int](repeating: shards == 0 ? 0 : 2, count: max(shards, 1)))
      }
    }
  }
}
