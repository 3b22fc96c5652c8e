import Testing

@testable import Kernels

/// The pruned search for the best pair of columns, against trying all pairs.
@Suite struct BestPairTests {
  /// Rows of numbers of one kind.
  enum Kind: CaseIterable {
    /// Evenly spread, unrelated.
    case even
    /// A few values, so that many pairs score the same.
    case ties
    /// b falls as a rises, as the derivatives of a saturated pixel do.
    case opposed
    /// Mostly small, a few large.
    case heavyTailed
    /// On a circle: every column could be in the best pair.
    case circle
    /// So small that products vanish.
    case tiny
    /// All a are 0: nothing is admissible.
    case flat

    func row(_ width: Int, _ seed: Seed, _ workspace: Workspace) -> (a: [Float], b: [Float]) {
      func even(_ name: String) -> [Float] {
        workspace.uniform([width], from: -1, to: 1, seed: seed.forked(name)).values
      }
      let (u, v) = (even("u"), even("v"))
      switch self {
      case .even: return (u, v)
      case .ties: return (u.map { ($0 * 3).rounded() }, v.map { ($0 * 3).rounded() })
      case .opposed: return (u, zip(u, v).map { 0.05 * $1 - 0.8 * $0 })
      case .heavyTailed: return (u.map { $0 * $0 * $0 * $0 * $0 }, v.map { $0 * $0 * $0 })
      case .circle: return (u, u.map { (1 - $0 * $0).squareRoot() })
      case .tiny: return (u.map { $0 * 1e-25 }, v.map { $0 * 1e-22 })
      case .flat: return (u.map { _ in 0 }, v)
      }
    }
  }

  @Test(arguments: Kind.allCases, Arrangement.all)
  func equalsTryingAllPairs(_ kind: Kind, _ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for (n, width) in [1, 2, 3, 15, 16, 17, 33, 100, 784].enumerated() {
      let seed = Seed(3, stage: "pairs").forked(n)
      let rows = (0..<4).map { kind.row(width, seed.forked($0), workspace) }
      let open = rows.indices.flatMap { row in (0..<width).map { UInt8(($0 + row) % 9 > 0 ? 1 : 0) }
      }
      let found = bestPairs(
        workspace.tensor([4, width], rows.flatMap(\.a)),
        workspace.tensor([4, width], rows.flatMap(\.b)), open: open)
      let expected = rows.enumerated().map { i, row in
        Reference.bestPair(row.a, row.b, open: Array(open[i * width..<(i + 1) * width]))
      }
      #expect(found == expected, "\(kind), width \(width)")
    }
  }

  @Test func columnsThatAreClosedOrNotFiniteAreInNoPair() {
    let workspace = Workspace(threads: 1)
    let a = workspace.tensor([1, 5], [9, 1, .nan, 1, 2])
    let b = workspace.tensor([1, 5], [9, 1, 7, .infinity, 1])
    #expect(bestPairs(a, b, open: [1, 1, 1, 1, 1]) == [ColumnPair(0, 4)])
    #expect(bestPairs(a, b, open: [0, 1, 1, 1, 1]) == [ColumnPair(1, 4)])
    #expect(bestPairs(a, b, open: [0, 1, 1, 1, 0]) == [nil])
  }

  @Test func aPairMayContainAColumnWhoseOwnSignsAreWrong() {
    let workspace = Workspace(threads: 1)
    // Column 1 alone lowers the first sum, and with column 0 it is the best partner all the same.
    let a = workspace.tensor([1, 3], [4, -1, 0.5])
    let b = workspace.tensor([1, 3], [0.5, 6, 0.5])
    #expect(bestPairs(a, b, open: [1, 1, 1]) == [ColumnPair(0, 1)])
  }
}
