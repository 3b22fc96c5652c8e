import Testing

@testable import Measures

@Suite struct WilsonTests {
  /// From the formula in 40-digit decimals.
  @Test(arguments: [
    (0.1, 10, 0.01787621, 0.40415003), (0.5, 100, 0.40383153, 0.59616847),
    (0.894, 10_000, 0.88781446, 0.89988295), (0.0094, 10_000, 0.00768809, 0.01148869),
  ])
  func theIntervalAroundAShare(_ share: Double, _ cases: Int, _ low: Double, _ high: Double) {
    let interval = Wilson.interval(share: share, cases: cases)
    #expect(abs(interval.lowerBound - low) < 1e-7)
    #expect(abs(interval.upperBound - high) < 1e-7)
  }

  @Test(arguments: [1, 10, 10_000])
  func theEndsAreExact(_ cases: Int) {
    let (none, all) = (
      Wilson.interval(share: 0, cases: cases), Wilson.interval(share: 1, cases: cases)
    )
    #expect(none.lowerBound == 0 && none.upperBound > 0 && none.upperBound < 1)
    #expect(all.upperBound == 1 && all.lowerBound > 0 && all.lowerBound < 1)
    #expect(abs(none.upperBound - (1 - all.lowerBound)) < 1e-12, "the interval is symmetric")
  }

  @Test func moreCasesSayMore() {
    let widths = [10, 100, 1000, 10_000].map { cases in
      let interval = Wilson.interval(share: 0.3, cases: cases)
      #expect(interval.contains(0.3))
      return interval.upperBound - interval.lowerBound
    }
    #expect(widths == widths.sorted(by: >))
  }
}
