import Testing

@testable import Bradshaw2017
@testable import Contract

@Suite struct SeedBandsTests {
  @Test func runsOfOneNameBecomeTheirMeanAndRange() {
    var bands = SeedBands()
    bands.add("a", [.init(x: 0, y: 1), nil, .init(x: 2, y: 5), nil])
    bands.add("b", [.init(x: 0, y: 7)])
    bands.add("a", [.init(x: 0.5, y: 4), .init(x: 1, y: 3), .init(x: 2, y: 9), nil])
    #expect(
      bands.series == [
        Plot.Series(
          "a",
          points: [
            Plot.Point(x: 0.25, y: 2.5, low: 1, high: 4), Plot.Point(x: 1, y: 3),
            Plot.Point(x: 2, y: 7, low: 5, high: 9),
          ]), Plot.Series("b", points: [Plot.Point(x: 0, y: 7)]),
      ])
  }
}
