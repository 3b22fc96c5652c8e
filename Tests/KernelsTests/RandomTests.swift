import Testing

@testable import Kernels

@Suite struct RandomTests {
  /// The known answers that the authors of the generator publish for ten rounds.
  @Test(arguments: [
    (
      SIMD4<UInt32>(0, 0, 0, 0), UInt64(0),
      SIMD4<UInt32>(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)
    ),
    (
      SIMD4<UInt32>(repeating: 0xffff_ffff), UInt64.max,
      SIMD4<UInt32>(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)
    ),
    (
      SIMD4<UInt32>(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344),
      UInt64(0x299f_31d0_a409_3822),
      SIMD4<UInt32>(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)
    ),
  ])
  func philoxGivesTheKnownAnswers(
    counter: SIMD4<UInt32>, key: UInt64, expected: SIMD4<UInt32>
  ) {
    #expect(Philox.block(counter, key: key) == expected)
  }

  @Test func purposesDoNotCollide() {
    let root = Seed(1, stage: "maxout")
    let seeds = [
      root, root.forked("ab").forked("c"), root.forked("a").forked("bc"), root.forked("abc"),
      root.forked(""), root.forked("").forked(""), root.forked(0), root.forked(1), root.forked(-1),
      root.forked("0"), root.forked("\0"), root.forked("\0\0"), Seed(2, stage: "maxout"),
      Seed(1, stage: "maxout2"), root.forked("abcdefgh"), root.forked("abcdefghi"),
    ]
    #expect(Set(seeds).count == seeds.count)
    #expect(Seed(1, stage: "maxout") == root)
    #expect(root.forked("ab") == root.forked("ab"))
  }

  @Test(arguments: [0, 1, 2, 3, 10, 1000])
  func permutationsHoldEachIndexOnce(_ count: Int) {
    let order = Seed(3, stage: "order").permutation(of: count)
    #expect(order.sorted() == Array(0..<count))
    #expect(count < 10 || order != Array(0..<count))
    #expect(order == Seed(3, stage: "order").permutation(of: count))
  }

  /// Fixed seeds: chi-square with 5 degrees of freedom stays under its 99.9 % point, 20.5.
  @Test func permutationsOfThreeAreEquallyLikely() {
    var counts: [[Int]: Int] = [:]
    for i in 0..<6000 { counts[Seed(4, stage: "p").forked(i).permutation(of: 3), default: 0] += 1 }
    let deviation = counts.values.map { Double(($0 - 1000) * ($0 - 1000)) / 1000 }.reduce(0, +)
    #expect(counts.count == 6 && deviation < 20.5)
  }

  @Test func numbersBelowStayBelow() {
    let seed = Seed(5, stage: "below")
    #expect((0..<1000).allSatisfy { (0..<7).contains(seed.below(7, at: $0)) })
    #expect(Set((0..<1000).map { seed.below(7, at: $0) }).count == 7)
    #expect(seed.below(1, at: 9) == 0)
  }

  @Test(arguments: Arrangement.all)
  func fillsHoldTheNumbersOfTheirIndices(_ arrangement: Arrangement) {
    let seed = Seed(6, stage: "fill")
    let filled = arrangement.workspace.uniform([2 * elementRun + 77], from: 0, to: 1, seed: seed)
    #expect(filled.values.bits == (0..<filled.count).map { seed.uniform(at: $0) }.bits)
  }

  @Test func uniformNumbersFillTheirRange() {
    let workspace = Workspace(threads: 1)
    let values = workspace.uniform([40_000], from: -2, to: 6, seed: Seed(7, stage: "u")).values
    #expect(values.allSatisfy { (-2...6).contains($0) })
    let mean = values.reduce(0.0) { $0 + Double($1) } / 40_000
    // Four standard errors of the mean of numbers with deviation 8 / √12.
    #expect((mean - 2).magnitude < 4 * 2.31 / 200)
  }

  @Test func normalNumbersAreTheSameOnEveryPathAndHaveTheirMoments() {
    let all = Arrangement.all.map {
      $0.workspace.normal([40_001], mean: 1, deviation: 2, seed: Seed(8, stage: "n")).values
    }
    for values in all { #expect(values.bits == all[0].bits) }
    let z = all[0].map { (Double($0) - 1) / 2 }
    let n = Double(z.count)
    func moment(_ power: Int) -> Double {
      z.reduce(0) { sum, x in sum + (0..<power).reduce(1.0) { p, _ in p * x } } / n
    }
    // Four standard errors of the first four moments of a normal variable.
    #expect(moment(1).magnitude < 4 / n.squareRoot())
    #expect((moment(2) - 1).magnitude < 4 * (2 / n).squareRoot())
    #expect(moment(3).magnitude < 4 * (15 / n).squareRoot())
    #expect((moment(4) - 3).magnitude < 4 * (96 / n).squareRoot())
  }
}
