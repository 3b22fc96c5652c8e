/// Rows of numbers that are made when somebody asks for them, as often as anybody does.
///
/// A gradient of many weights is large and read once, by an optimiser that needs a row at a time. Made
/// shard by shard into its hands, the rows never leave the cache; everybody else reads a promised
/// tensor like any other, and then the whole of it is made. The numbers are the same.
struct RowPromise: Sendable {
  /// How many parts there are; their bounds do not depend on the threads.
  let shards: Int
  /// Rows of each part but the last.
  let rowsPerShard: Int
  /// All rows.
  let rowCount: Int
  /// Numbers of a row.
  let rowLength: Int
  /// Writes the rows of a part; `worker` is owned while this runs.
  let make: @Sendable (_ shard: Int, _ worker: Int, _ rows: UnsafeMutablePointer<Float>) -> Void

  /// The rows of a part.
  func rows(_ shard: Int) -> Range<Int> {
    shard * rowsPerShard..<min((shard + 1) * rowsPerShard, rowCount)
  }

  /// Makes every part in memory of the worker's, and shows it to `body`, which may run on any thread.
  func forEachShard(
    in workspace: Workspace, _ body: (_ rows: Range<Int>, UnsafeMutablePointer<Float>) -> Void
  ) {
    let floats = (rowsPerShard * rowLength + 15) / 16 * 16
    let memory = Storage(bytes: floats * workspace.threads * 4, in: workspace)
    withExtendedLifetime(memory) {
      workspace.parallel(shards) { shard, worker in
        let own = memory.floats + worker * floats
        make(shard, worker, own)
        body(rows(shard), own)
      }
    }
  }
}
