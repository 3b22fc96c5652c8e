/// Philox4x32-10, the counter-based generator of Salmon and others (2011): a keyed bijection of 128 bits.
enum Philox {
  /// The four words that belong to a counter under a key.
  static func block(_ counter: SIMD4<UInt32>, key: UInt64) -> SIMD4<UInt32> {
    var c = counter
    var (k0, k1) = (UInt32(truncatingIfNeeded: key), UInt32(truncatingIfNeeded: key >> 32))
    for _ in 0..<10 {
      let a = c.x.multipliedFullWidth(by: 0xD251_1F53)
      let b = c.z.multipliedFullWidth(by: 0xCD9E_8D57)
      c = SIMD4(b.high ^ c.y ^ k0, b.low, a.high ^ c.w ^ k1, a.low)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return c
  }

  /// What a block is used for: the last word of its counter, so that no two uses share a block.
  enum Domain: UInt32 {
    case words = 1
    case bits = 2
    case dropout = 3
    case normal = 4
    case text = 5
    case index = 6
  }

  /// The block of a number within a domain.
  static func block(_ number: UInt64, _ domain: Domain, key: UInt64) -> SIMD4<UInt32> {
    let words = (UInt32(truncatingIfNeeded: number), UInt32(truncatingIfNeeded: number >> 32))
    return block(SIMD4(words.0, words.1, 0, domain.rawValue), key: key)
  }
}
