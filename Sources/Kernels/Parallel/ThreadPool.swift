import CKernels

/// Threads that share the shards of one job at a time.
///
/// Unchecked because of the C pointer: it is set once, freed when the last reference goes, and the
/// functions that take it may be called from any thread.
final class ThreadPool: @unchecked Sendable {
  private let pool: OpaquePointer

  init(threads: Int) {
    precondition(threads >= 1, "a pool of \(threads) threads can do nothing")
    guard let pool = ck_pool_create(threads) else {
      preconditionFailure("the system gives no \(threads) threads")
    }
    self.pool = pool
  }

  deinit { ck_pool_destroy(pool) }

  /// Runs `body(shard, worker)` once for each shard and returns when all are done.
  ///
  /// The body may write only what belongs to its shard, or to its worker while the shard runs.
  func run(shards: Int, _ body: (_ shard: Int, _ worker: Int) -> Void) {
    withoutActuallyEscaping(body) { body in
      var job = body
      withUnsafeMutablePointer(to: &job) { job in
        ck_pool_run(
          pool, shards,
          { context, shard, worker in
            context.assumingMemoryBound(to: ((Int, Int) -> Void).self).pointee(shard, worker)
          }, job)
      }
    }
  }
}
