import Synchronization

/// The memory of a tensor, which returns to its workspace when the last tensor lets go.
///
/// Unchecked because of the pointer: a tensor writes only while it holds the sole reference, and
/// operations write only into storage they have not handed out yet.
final class Storage: @unchecked Sendable {
  let workspace: Workspace
  /// How the numbers will be made, where they are promised.
  let promise: RowPromise?
  private let block: BufferStore.Block?
  private let kept = Mutex<BufferStore.Block?>(nil)

  init(bytes: Int, in workspace: Workspace) {
    self.workspace = workspace
    self.block = workspace.buffers.take(bytes)
    self.promise = nil
  }

  /// Memory that is taken and filled when it is first read.
  init(_ promise: RowPromise, in workspace: Workspace) {
    self.workspace = workspace
    self.block = nil
    self.promise = promise
  }

  deinit {
    if let block = block ?? kept.withLock({ $0 }) { workspace.buffers.giveBack(block) }
  }

  var raw: UnsafeMutableRawPointer {
    if let block { return block.start }
    return kept.withLock { kept in
      let block = kept ?? made()
      kept = block
      return block.start
    }
  }

  var floats: UnsafeMutablePointer<Float> { raw.assumingMemoryBound(to: Float.self) }
  var bytes: UnsafeMutablePointer<UInt8> { raw.assumingMemoryBound(to: UInt8.self) }

  private func made() -> BufferStore.Block {
    guard let promise else { preconditionFailure("storage with neither memory nor a promise") }
    let floats = promise.rowCount * promise.rowLength
    let block = workspace.buffers.take(floats * MemoryLayout<Float>.stride)
    let out = block.start.assumingMemoryBound(to: Float.self)
    workspace.parallel(promise.shards) { shard, worker in
      promise.make(shard, worker, out + promise.rows(shard).lowerBound * promise.rowLength)
    }
    return block
  }
}
