/// The memory of a tensor, which returns to its workspace when the last tensor lets go.
///
/// Unchecked because of the pointer: a tensor writes only while it holds the sole reference, and
/// operations write only into storage they have not handed out yet.
final class Storage: @unchecked Sendable {
  let workspace: Workspace
  private let block: BufferStore.Block

  init(bytes: Int, in workspace: Workspace) {
    self.workspace = workspace
    self.block = workspace.buffers.take(bytes)
  }

  deinit { workspace.buffers.giveBack(block) }

  var raw: UnsafeMutableRawPointer { block.start }
  var floats: UnsafeMutablePointer<Float> { block.start.assumingMemoryBound(to: Float.self) }
  var bytes: UnsafeMutablePointer<UInt8> { block.start.assumingMemoryBound(to: UInt8.self) }
}
