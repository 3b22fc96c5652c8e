import Testing

@testable import Kernels

@Suite struct MatrixProductTests {
  static let shapes: [(m: Int, n: Int, k: Int)] = [
    (1, 1, 1), (1, 10, 3), (2, 17, 16), (3, 16, 33), (5, 31, 47), (6, 32, 17), (7, 33, 5),
    (13, 48, 31), (14, 64, 32), (15, 65, 100), (29, 15, 449), (1, 95, 900), (17, 1, 64), (4, 4, 0),
  ]

  @Test(arguments: Arrangement.all)
  func hasTheBitsOfThePlainLoop(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for (m, n, k) in Self.shapes {
      let (a, b) = (noise(m * k, "a"), noise(k * n, "b"))
      for (transposeA, transposeB) in [(false, false), (true, false), (false, true), (true, true)] {
        let c = matmul(
          workspace.tensor(transposeA ? [k, m] : [m, k], a),
          workspace.tensor(transposeB ? [n, k] : [k, n], b), transposeA: transposeA,
          transposeB: transposeB)
        let expected = Reference.matmul(
          a, b, m: m, n: n, k: k, transposeA: transposeA, transposeB: transposeB)
        #expect(c.shape == [m, n])
        #expect(
          c.values.bits == expected.bits, "\(m)×\(n)×\(k), transposed: \(transposeA), \(transposeB)"
        )
      }
    }
  }

  @Test(arguments: SIMDPath.available)
  func manyRowsAreCutIntoGroupsWithoutChangingBits(_ simd: SIMDPath) {
    let (m, n, k) = (1100, 3, 2)
    let (a, b) = (noise(m * k, "a"), noise(k * n, "b"))
    let workspace = Workspace(threads: 2, simd: simd)
    let c = matmul(workspace.tensor([m, k], a), workspace.tensor([k, n], b))
    #expect(c.values.bits == Reference.matmul(a, b, m: m, n: n, k: k).bits)
  }

  @Test(arguments: Arrangement.all)
  func chainsStartFromTheBiasAndPiecesStandTogether(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for (m, units, pieces, k) in [(3, 7, 5, 20), (9, 13, 3, 40), (2, 40, 2, 17)] {
      let n = units * pieces
      let (x, w, bias) = (noise(m * k, "x"), noise(n * k, "w"), noise(n, "bias"))
      let z = product(
        workspace.tensor([m, k], x), workspace.tensor([n, k], w), transposeB: true,
        bias: workspace.tensor([n], bias), pieces: pieces
      ).values
      let expected = Reference.matmul(x, w, m: m, n: n, k: k, transposeB: true, bias: bias)
      for i in 0..<m {
        for u in 0..<units {
          for p in 0..<pieces {
            #expect(z[i * n + p * units + u] == expected[i * n + u * pieces + p])
          }
        }
      }
    }
  }
}
