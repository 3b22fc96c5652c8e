import Testing

@testable import Pipeline

@Suite("Wilson's interval") struct WilsonTests {
  /// Values printed in tables of the score interval, in percent, to the digits given there.
  @Test(
    "agrees with published values",
    arguments: [
      (0, 10, 0, 27.75), (5, 10, 23.66, 76.34), (10, 10, 72.25, 100), (100, 100, 96.30, 100),
      (0, 20, 0, 16.11),
      (1, 20, 0.89, 23.61), (15, 148, 6.24, 16.05), (81, 263, 25.53, 36.62),
    ])
  func published(hits: Int, total: Int, low: Double, high: Double) {
    let interval = Wilson.interval(share: Double(hits) / Double(total), cases: total)
    #expect(abs(100 * interval.lowerBound - low) < 0.006, "\(interval)")
    #expect(abs(100 * interval.upperBound - high) < 0.006, "\(interval)")
  }

  @Test(
    "half-widths at the sizes of our test sets",
    arguments: [
      (0.894, 10000, 0.60), (0.179, 10000, 0.75), (0.0094, 10000, 0.19), (0.971, 9000, 0.35),
    ])
  func halfWidth(share: Double, cases: Int, points: Double) {
    let interval = Wilson.interval(share: share, cases: cases)
    #expect(abs(50 * (interval.upperBound - interval.lowerBound) - points) < 0.006)
  }

  @Test("contains its share, mirrors with it, and stays within 0…1")
  func shape() {
    for n in [1, 2, 7, 100, 10000] {
      for hits in [0, 1, n / 3, n / 2, n - 1, n] where (0...n).contains(hits) {
        let share = Double(hits) / Double(n)
        let interval = Wilson.interval(share: share, cases: n)
        let mirrored = Wilson.interval(share: Double(n - hits) / Double(n), cases: n)
        #expect(interval.contains(share) && 0...1 ~= interval.lowerBound)
        #expect(0...1 ~= interval.upperBound)
        #expect(abs(interval.lowerBound - (1 - mirrored.upperBound)) < 1e-12)
      }
    }
  }
}
