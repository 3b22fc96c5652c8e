import Testing

@testable import Kernels

@Suite struct InverseSquareRootTests {
  /// BᵀB/n + bias·I, of which no eigenvalue is below `bias`; half its columns nearly repeat others.
  private static func covariance(_ n: Int, bias: Float, scale: Float, in workspace: Workspace)
    -> Tensor
  {
    var samples = noise(n * n, "samples").map { $0 * scale }
    for row in 0..<n {
      for column in 0..<n where column % 2 == 1 {
        samples[row * n + column] = samples[row * n + column - 1] * 0.99
      }
    }
    let b = workspace.tensor([n, n], samples)
    var result = matmul(b, b, transposeA: true) * (1 / Float(n))
    result.withUnsafeMutableBuffer { values in
      for i in 0..<n { values[i * n + i] += bias }
    }
    return result
  }

  @Test(arguments: [(1, 1, 0.1), (2, 1, 0.1), (7, 3, 0.1), (24, 30, 0.1), (33, 1, 2)])
  func agreesWithEigenvectorsInDoublePrecision(_ n: Int, _ scale: Float, _ bias: Float) {
    let a = Self.covariance(n, bias: bias, scale: scale, in: Workspace(threads: 1))
    let found = InverseSquareRoot(of: a, eigenvaluesAtLeast: bias)
    let expected = Reference.inverseSquareRoot(a.values, n: n)
    // A smallest eigenvalue is known no better than the largest is rounded.
    let condition = max(1, Double(a.sumOfSquares()).squareRoot() / Double(bias))
    let tolerance = Double(Float.ulpOfOne) * (condition + 10)
    let largest = expected.map(\.magnitude).max() ?? 0
    for (i, (ours, theirs)) in zip(found.root.values, expected).enumerated() {
      #expect(abs(Double(ours) - theirs) <= tolerance * largest, "element \(i) of \(n)×\(n)")
    }
    #expect(Double(found.residual) <= 10 * tolerance)
    #expect(found.steps <= 10)
  }

  @Test func theReferenceIsARoot() {
    let n = 9
    let a = Self.covariance(n, bias: 0.1, scale: 3, in: Workspace(threads: 1)).values
    let root = Reference.inverseSquareRoot(a, n: n)
    for i in 0..<n {
      for j in 0..<n {
        var sum = 0.0
        for k in 0..<n {
          for l in 0..<n { sum += root[i * n + k] * Double(a[k * n + l]) * root[l * n + j] }
        }
        #expect(abs(sum - (i == j ? 1 : 0)) < 1e-12, "element \(i), \(j) is \(sum)")
      }
    }
  }

  @Test func aDiagonalHasTheRootsOfItsElements() {
    let diagonal: [Float] = [0.1, 0.4, 1, 25, 400, 900]
    var a = Workspace(threads: 1).tensor([6, 6])
    a.withUnsafeMutableBuffer { values in
      for i in 0..<6 { values[i * 7] = diagonal[i] }
    }
    let root = InverseSquareRoot(of: a, eigenvaluesAtLeast: 0.1).root.values
    for i in 0..<6 {
      let expected = 1 / diagonal[i].squareRoot()
      #expect(abs(root[i * 7] - expected) <= 1e-6 * expected, "element \(i)")
      #expect((0..<6).allSatisfy { $0 == i || root[i * 6 + $0] == 0 })
    }
  }

  @Test func theRootIsExactlySymmetric() {
    let n = 24
    let a = Self.covariance(n, bias: 0.1, scale: 30, in: Workspace(threads: 1))
    let root = InverseSquareRoot(of: a, eigenvaluesAtLeast: 0.1).root.values
    for i in 0..<n {
      for j in 0..<i { #expect(root[i * n + j].bitPattern == root[j * n + i].bitPattern) }
    }
  }

  @Test func threadsAndInstructionsDoNotMatter() {
    let all = Arrangement.all.map { arrangement in
      let a = Self.covariance(45, bias: 0.1, scale: 10, in: arrangement.workspace)
      return InverseSquareRoot(of: a, eigenvaluesAtLeast: 0.1).root.values.bits
    }
    for (arrangement, bits) in zip(Arrangement.all, all) {
      #expect(bits == all[0], "\(arrangement)")
    }
  }

  @Test func eachStepKeepsTheIntervalAroundOne() {
    for low in [1e-6, 0.01, 0.5, 0.999] {
      var interval = EigenvalueInterval(low: low, high: 1)
      var steps = 0
      while !interval.isClosed {
        let before = (low: interval.low, high: interval.high)
        let cubic = interval.narrow()
        for i in 0...200 {
          let s = before.low + (before.high - before.low) * Double(i) / 200
          let image = s * (cubic.linear - cubic.cubed * s * s)
          #expect(image >= interval.low - 1e-12 && image <= interval.high + 1e-12)
        }
        #expect(abs(interval.low + interval.high - 2) < 1e-12)
        steps += 1
      }
      #expect(steps <= 20, "from \(low)")
    }
  }
}
