import CKernels

/// Threads and recycled memory for the kernels: everything that outlives one operation.
///
/// No number depends on it. Two workspaces share nothing; one may be used from several threads, of
/// which one at a time gets the pool and the others compute alone.
public final class Workspace: Sendable {
  /// How many threads compute, the caller's included.
  public let threads: Int
  /// The instruction set of the inner loops.
  public let simd: SIMDPath
  let kernels: KernelTable
  let buffers = BufferStore()
  private let pool: ThreadPool

  /// A workspace whose instruction set is the one named by `PIPELINE_SIMD`, or the fastest.
  public convenience init(threads: Int) {
    let word = ck_environment(SIMDPath.environmentName).map { String(cString: $0) }
    self.init(threads: threads, simd: .chosen(by: word))
  }

  /// A workspace with a given instruction set, which this processor must have.
  public init(threads: Int, simd: SIMDPath) {
    precondition(threads >= 1, "a workspace needs at least one thread, not \(threads)")
    precondition(simd.isSupported, "this processor has no \(simd.rawValue)")
    self.threads = threads
    self.simd = simd
    self.kernels = KernelTable(simd)
    self.pool = ThreadPool(threads: threads)
  }

  /// How many blocks of memory were ever asked from the system; a steady loop adds none.
  public var freshAllocations: Int { buffers.freshAllocations }
  /// How many bytes of memory were ever asked from the system for tensors.
  public var freshBytes: Int { buffers.freshBytes }

  /// Runs `body` once for each shard, on any thread, and returns when all are done.
  func parallel(_ shards: Int, _ body: (_ shard: Int, _ worker: Int) -> Void) {
    pool.run(shards: shards, body)
  }

  /// Cuts `0..<count` into runs whose size does not depend on the threads, and gives each to `body`
  /// as its start and length.
  func parallelRuns(of count: Int, each: Int, _ body: (_ start: Int, _ count: Int) -> Void) {
    let shards = (count + each - 1) / each
    if shards == 1 {
      body(0, count)
    } else {
      parallel(shards) { shard, _ in body(shard * each, min(each, count - shard * each)) }
    }
  }
}
