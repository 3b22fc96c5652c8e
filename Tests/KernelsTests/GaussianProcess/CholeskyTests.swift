import Testing

@testable import Kernels

@Suite struct CholeskyTests {
  private static let algebra = DoubleAlgebra(Workspace(threads: 1))

  /// A·Aᵀ + 1, which is positive definite.
  private static func covariance(_ n: Int, _ name: String) -> DoubleMatrix {
    let a = matrix(n, n, name)
    var k = algebra.product(a, a.transposed)
    for i in 0..<n { k[i, i] += 1 }
    return k
  }

  @Test func `the factor times its transpose is the matrix, and the inverse undoes the factor`()
    throws
  {
    let k = Self.covariance(17, "k")
    let found = try #require(Cholesky(k))
    #expect(found.jitter == Cholesky.firstJitter)
    let again = Self.algebra.product(found.factor, found.factor.transposed)
    let one = Self.algebra.product(found.factor, found.inverse)
    for i in 0..<17 {
      for j in 0..<17 {
        #expect(abs(again[i, j] - k[i, j] - (i == j ? found.jitter : 0)) < 1e-13)
        #expect(abs(one[i, j] - (i == j ? 1 : 0)) < 1e-12)
        if j > i { #expect(found.factor[i, j] == 0 && found.inverse[i, j] == 0) }
      }
    }
  }

  @Test func `the determinant is that of the factor's diagonal`() throws {
    let found = try #require(Cholesky(DoubleMatrix(2, 2, [4, 2, 2, 10])))
    // |4 2; 2 10| = 36.
    #expect(abs(found.halfLogDeterminant(Self.algebra) - 1.791759469228055) < 1e-6)
  }

  @Test func `a matrix that rounding made indefinite gets more jitter`() throws {
    // Eigenvalues 2 and −1e-4.
    let half = 1 + 0.5e-4
    let off = DoubleMatrix(2, 2, [1 - 0.5e-4, half, half, 1 - 0.5e-4])
    let found = try #require(Cholesky(off))
    #expect(found.jitter > 1e-4 && found.jitter < 2e-3)
  }

  @Test func `no jitter helps a matrix that is indefinite for good, or not finite`() {
    #expect(Cholesky(DoubleMatrix(2, 2, [1, 2, 2, 1])) == nil)
    #expect(Cholesky(DoubleMatrix(2, 2, [1, .nan, .nan, 1])) == nil)
    #expect(Cholesky(DoubleMatrix(1, 1, [.infinity])) == nil)
  }

  @Test func `the way back agrees with finite differences`() throws {
    let n = 6
    let k = Self.covariance(n, "k")
    let slope = matrix(n, n, "slope")
    func value(_ k: DoubleMatrix) throws -> Double {
      let factor = try #require(Cholesky(k)).factor
      var sum = 0.0
      for i in 0..<n { for j in 0...i { sum += slope[i, j] * factor[i, j] } }
      return sum
    }
    let found = try #require(Cholesky(k)).pulledBack(slope, Self.algebra)
    for i in 0..<n {
      for j in 0...i {
        var (up, down) = (k, k)
        let h = 1e-5
        up[i, j] += h
        down[i, j] -= h
        if i != j {
          up[j, i] += h
          down[j, i] -= h
        }
        let measured = try (value(up) - value(down)) / (2 * h)
        let ours = i == j ? found[i, j] : found[i, j] + found[j, i]
        #expect(abs(measured - ours) < 1e-8, "\(i), \(j)")
      }
    }
  }
}
