import Testing

@testable import Kernels

/// A whole small training run: dropout, maxout, cross-entropy, momentum and the norm cap.
@Suite struct TrainingRunTests {
  static let network = Sequential([
    Dropout(keep: 0.8, scale: 1), Maxout(inputs: 70, units: 33, pieces: 5),
    Dropout(keep: 0.5, scale: 2), Maxout(inputs: 33, units: 20, pieces: 3),
    Dropout(keep: 0.5, scale: 2), Dense(inputs: 20, outputs: 4),
  ])

  static let training = ShortTraining(
    network: network, seed: Seed(11, stage: "training run"), images: 50, pixels: 70, part: 17,
    normCap: 1.5)

  /// FNV-1a over the bits of all weights, lowest byte first.
  static func digest(_ weights: [Tensor]) -> UInt64 {
    weights.flatMap(\.values.bits).reduce(0xcbf2_9ce4_8422_2325) { hash, word in
      (0..<4).reduce(hash) { ($0 ^ UInt64(word >> (8 * $1) & 0xff)) &* 0x100_0000_01b3 }
    }
  }

  /// The same on every machine, in debug and release.
  static let golden: UInt64 = 2_200_192_858_883_683_105

  @Test(arguments: Arrangement.all)
  func thirtyStepsEndInTheSameBitsEverywhere(_ arrangement: Arrangement) {
    let (weights, losses) = Self.training.run(arrangement.workspace, steps: 30)
    #expect(Self.digest(weights) == Self.golden)
    let (early, late): (Float, Float) = (
      losses.prefix(5).reduce(0, +), losses.suffix(5).reduce(0, +)
    )
    #expect(late < 0.8 * early)
  }

  @Test(arguments: [1, 2])
  func aStepAfterTheFirstAsksTheSystemForNothing(_ threads: Int) {
    let workspace = Workspace(threads: threads)
    var counts: [Int] = []
    _ = Self.training.run(workspace, steps: 6) { _ in counts.append(workspace.freshAllocations) }
    #expect(counts.dropFirst().allSatisfy { $0 == counts[0] }, "allocations by step: \(counts)")
    #expect(counts[0] > 0)
  }
}
