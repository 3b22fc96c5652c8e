import CKernels
import Synchronization

/// Memory that goes round: what a tensor gives back serves the next one of about its size.
final class BufferStore: Sendable {
  /// Memory of one size class, with room for whole vectors past the end that was asked for.
  ///
  /// Unchecked because of the pointer: a block has one owner at a time, the store or a `Storage`.
  struct Block: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
    let bytes: Int
  }

  private struct State {
    var free: [Int: [Block]] = [:]
    var allocations = 0
    var bytes = 0
  }

  private let state = Mutex(State())

  var freshAllocations: Int { state.withLock { $0.allocations } }
  var freshBytes: Int { state.withLock { $0.bytes } }

  /// A block of at least so many bytes, of unknown content.
  func take(_ bytes: Int) -> Block {
    let size = Self.sizeClass(bytes)
    return state.withLock { state in
      if let block = state.free[size]?.popLast() { return block }
      state.allocations += 1
      state.bytes += size
      // Large blocks begin where the system can back them with large pages.
      let alignment = size >= 1 << 21 ? 1 << 21 : 64
      let block = Block(start: .allocate(byteCount: size, alignment: alignment), bytes: size)
      if alignment > 64 { ck_prefer_large_pages(block.start, size) }
      return block
    }
  }

  func giveBack(_ block: Block) {
    state.withLock { $0.free[block.bytes, default: []].append(block) }
  }

  deinit {
    state.withLock { state in
      for blocks in state.free.values {
        for block in blocks { block.start.deallocate() }
      }
    }
  }

  /// Four classes to a doubling, so that at most a quarter is wasted.
  static func sizeClass(_ bytes: Int) -> Int {
    let wanted = max(bytes, 256)
    let step = 1 << (Int.bitWidth - 1 - wanted.leadingZeroBitCount - 2)
    return (wanted + step - 1) / step * step
  }
}
