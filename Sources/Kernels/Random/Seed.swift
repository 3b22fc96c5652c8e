/// The root of a stream of random numbers, addressed by index: no state, nothing to advance.
///
/// Seeds are forked by what they are for, so adding a use never shifts the numbers of another. A
/// name is absorbed with its length, eight bytes a Philox block, so ("ab", "c") is not ("a", "bc").
public struct Seed: Hashable, Sendable {
  /// The Philox key.
  public let key: UInt64

  private init(key: UInt64) { self.key = key }

  /// The seed of a stage in a run.
  public init(_ runSeed: UInt64, stage: String) {
    self = Seed(key: runSeed).forked(stage)
  }

  /// A seed for a purpose of its own.
  public func forked(_ purpose: String) -> Seed {
    let bytes = Array(purpose.utf8)
    var key = absorb(UInt64(bytes.count), position: 0, .text, into: key)
    for (position, start) in stride(from: 0, to: bytes.count, by: 8).enumerated() {
      let word = bytes[start..<min(start + 8, bytes.count)].reversed()
        .reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
      key = absorb(word, position: UInt32(position + 1), .text, into: key)
    }
    return Seed(key: key)
  }

  /// A seed for one of many alike, such as a step or an image.
  public func forked(_ index: Int) -> Seed {
    Seed(key: absorb(UInt64(bitPattern: Int64(index)), position: 0, .index, into: key))
  }

  private func absorb(
    _ word: UInt64, position: UInt32, _ domain: Philox.Domain, into key: UInt64
  ) -> UInt64 {
    let counter = SIMD4(
      UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word >> 32), position,
      domain.rawValue)
    let out = Philox.block(counter, key: key)
    return UInt64(out.x) | UInt64(out.y) << 32
  }

  /// 64 random bits.
  public func bits(at index: Int) -> UInt64 {
    let out = Philox.block(UInt64(index), .bits, key: key)
    return UInt64(out.x) | UInt64(out.y) << 32
  }

  /// A number at least 0 and below 1, a multiple of 2⁻²⁴: the one that `Workspace.uniform` puts at
  /// this index.
  public func uniform(at index: Int) -> Float { Float(word(at: index) >> 8) * 0x1p-24 }

  /// A whole number at least 0 and below `n`; no value is likelier than another by more than n·2⁻⁶⁴
  /// of its share.
  public func below(_ n: Int, at index: Int) -> Int {
    precondition(n > 0, "there is no number at least 0 and below \(n)")
    return Int(bits(at: index).multipliedFullWidth(by: UInt64(n)).high)
  }

  /// `0..<n` in random order, by Fisher and Yates.
  public func permutation(of n: Int) -> [Int] {
    var order = Array(0..<n)
    for i in stride(from: n - 1, to: 0, by: -1) { order.swapAt(i, below(i + 1, at: i)) }
    return order
  }

  /// Element 64·g + 16·w + l is word w of block 16·g + l, the order in which 16 lanes fill memory.
  private func word(at index: Int) -> UInt32 {
    let (group, within) = (index / 64, index % 64)
    return Philox.block(UInt64(group * 16 + within % 16), .words, key: key)[within / 16]
  }
}
