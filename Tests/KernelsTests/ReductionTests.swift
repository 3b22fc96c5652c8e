import Testing

@testable import Kernels

@Suite struct ReductionTests {
  @Test(arguments: Arrangement.all)
  func shortOnesHaveTheBitsOfThePlainShape(_ arrangement: Arrangement) {
    for count in [1, 2, 15, 16, 17, 31, 100, 1000] {
      let values = noise(count, "values")
      let x = arrangement.workspace.tensor([count], values)
      #expect(x.sum().bitPattern == Reference.sum(values).bitPattern)
      #expect(x.sumOfSquares().bitPattern == Reference.sumOfSquares(values).bitPattern)
      #expect(x.sumOfMagnitudes().bitPattern == Reference.sumOfMagnitudes(values).bitPattern)
      #expect(x.largestMagnitude() == values.map(\.magnitude).max())
    }
  }

  @Test(arguments: Arrangement.all)
  func longOnesAddUpRunsOfFixedLength(_ arrangement: Arrangement) {
    let values = noise(3 * elementRun + 5, "values")
    let runs = stride(from: 0, to: values.count, by: elementRun).map {
      Reference.sum(Array(values[$0..<min($0 + elementRun, values.count)]))
    }
    let sum = arrangement.workspace.tensor([values.count], values).sum()
    #expect(sum.bitPattern == Reference.sum(runs).bitPattern)
  }

  @Test(arguments: Arrangement.all)
  func columnsAreAddedInRowOrder(_ arrangement: Arrangement) {
    for (rows, columns) in [(1, 1), (5, 17), (33, 300), (7, 513)] {
      let values = noise(rows * columns, "values")
      let sums = columnSums(arrangement.workspace.tensor([rows, columns], values))
      #expect(sums.values.bits == Reference.columnSums(values, columns: columns).bits)
    }
  }

  @Test func theFirstOfEqualLargestElementsIsThePrediction() {
    let x = Workspace(threads: 1).tensor([3, 3], [1, 5, 5, -1, -2, -3, 0, 0, 1])
    #expect(x.rowArgmax() == [1, 0, 2])
    #expect(x.rowSumsOfSquares() == [51, 14, 1])
  }
}
