import Kernels
import Testing

@testable import Contract
@testable import Training

@Suite struct KMeansTests {
  private static let workspace = Workspace(threads: 1)
  private static let seed = Seed(1, stage: "k-means")

  @Test func `centres are the means of groups that lie apart`() {
    let groups: [[Float]] = [[0, 0], [10, 0], [0, 10]]
    let offsets: [[Float]] = [[0.1, 0], [-0.1, 0], [0, 0.2], [0, -0.2]]
    let points = groups.flatMap { g in offsets.map { [g[0] + $0[0], g[1] + $0[1]] } }
    let codes = Self.workspace.tensor([12, 2], points.flatMap(\.self))
    // Seeds are tried until the three codes drawn lie in three groups: Lloyd's passes cannot leave a
    // start where two of them share one.
    let found = (0..<20).map {
      Self.sorted(KMeans(centres: 3, passes: 5).fit(codes, seed: Self.seed.forked($0)))
    }
    #expect(found.contains { zip($0, [[0, 0], [0, 10], [10, 0]]).allSatisfy(Self.isNear) })
  }

  @Test func `every pass brings codes nearer to their centres`() {
    let codes = Self.workspace.normal([200, 5], mean: 0, deviation: 1, seed: Self.seed)
    func cost(_ passes: Int) -> Double {
      let k = KMeans(centres: 7, passes: passes)
      let centres = k.fit(codes, seed: Self.seed)
      let (c, x) = (centres.values, codes.values)
      return k.nearest(codes, to: centres).enumerated().reduce(0) { sum, pair in
        (0..<5).reduce(sum) {
          let step = Double(x[pair.offset * 5 + $1] - c[pair.element * 5 + $1])
          return $0 + step * step
        }
      }
    }
    let costs = [0, 1, 2, 5, 10].map(cost)
    #expect(zip(costs, costs.dropFirst()).allSatisfy { $1 <= $0 + 1e-4 })
    #expect(costs[4] < costs[0])
  }

  @Test func `more centres than codes are all different`() {
    let codes = Self.workspace.tensor([3, 2], [0, 0, 1, 0, 0, 1])
    let centres = KMeans(centres: 8, passes: 0).fit(codes, seed: Self.seed).values
    let rows = Set((0..<8).map { [centres[2 * $0], centres[2 * $0 + 1]] })
    #expect(rows.count == 8)
  }

  private static func sorted(_ tensor: Tensor) -> [[Float]] {
    (0..<3).map { [tensor.values[2 * $0], tensor.values[2 * $0 + 1]] }
      .sorted { ($0[0].rounded(), $0[1].rounded()) < ($1[0].rounded(), $1[1].rounded()) }
  }

  private static func isNear(_ a: [Float], _ b: [Float]) -> Bool {
    abs(a[0] - b[0]) < 1e-4 && abs(a[1] - b[1]) < 1e-4
  }
}
