import Kernels

/// Inputs that show nothing: draws of N(0, I) in the space a network sees.
///
/// Goodfellow, Shlens & Szegedy 2014, appendix A. A draw is addressed by its position, so it depends on
/// neither how many there are nor on who looks at them.
struct Rubbish {
  /// How many draws there are.
  let count: Int
  /// Numbers in each.
  let pixels: Int
  let seed: Seed
  let workspace: Workspace

  /// Draws made at a time; part of their address.
  private static let block = 500

  /// The draws in order, a block at a time: `[block, pixels]`.
  func forEachBlock(_ body: (Range<Int>, Tensor) throws -> Void) rethrows {
    for first in stride(from: 0, to: count, by: Self.block) {
      let range = first..<min(first + Self.block, count)
      let x = workspace.normal(
        [range.count, pixels], mean: 0, deviation: 1,
        seed: seed.forked("rubbish").forked(first / Self.block))
      try body(range, x)
    }
  }
}
