import Testing

@testable import Measures

@Suite struct PairedDifferenceTests {
  @Test func threePairsByHand() throws {
    let difference = PairedDifference(
      [1: 10, 2: 12, 3: 14, 4: 99], [1: 11, 2: 14, 3: 17, 5: 0])
    // Differences 1, 2, 3: deviation 1, so 2 ± 4.302653 / √3.
    #expect(difference.pairs == 3 && difference.first == 12 && difference.second == 14)
    #expect(difference.mean == 2)
    let interval = try #require(difference.interval)
    let radius = 4.302653 / 3.0.squareRoot()
    #expect(abs(interval.lowerBound - (2 - radius)) < 1e-12)
    #expect(abs(interval.upperBound - (2 + radius)) < 1e-12)
  }

  @Test func onePairHasNoInterval() {
    let difference = PairedDifference([2: 1], [2: 4])
    #expect(difference.pairs == 1 && difference.mean == 3 && difference.interval == nil)
  }

  @Test func withoutPairsNothingIsKnown() {
    let difference = PairedDifference([1: 1], [2: 4])
    #expect(difference.pairs == 0 && difference.mean == nil && difference.first == nil)
    #expect(difference.interval == nil)
  }

  @Test func quantilesFallTowardsTheNormalOne() {
    let quantiles = (1...40).map(StudentT.quantile)
    #expect(quantiles[0] == 12.706205 && quantiles[9] == 2.228139 && quantiles[28] == 2.045230)
    #expect(zip(quantiles, quantiles.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(quantiles[39] == quantiles[28] && quantiles[39] > Wilson.z)
  }
}
