/// The Cholesky factor L of a covariance matrix, `K + jitter·1 = L·Lᵀ`, with its inverse.
///
/// A matrix that rounding has left without a factor is tried again with a jitter ten times as large, from
/// `firstJitter` to `lastJitter`; beyond that there is no factor, and whoever asked must say so.
struct Cholesky: Sendable {
  /// L, lower triangular.
  let factor: DoubleMatrix
  /// L⁻¹, lower triangular.
  let inverse: DoubleMatrix
  /// What was added to the diagonal.
  let jitter: Double

  /// What is always added to the diagonal.
  static let firstJitter = 1e-6
  /// The most that is added.
  static let lastJitter = 1e-1

  /// Factors a symmetric matrix, of which the lower triangle is read; nil if it has no factor with any
  /// jitter, as when a number is not finite.
  init?(_ matrix: DoubleMatrix) {
    precondition(
      matrix.rows == matrix.columns, "\(matrix.rows)×\(matrix.columns) is not square")
    var jitter = Self.firstJitter
    var found = Self.factored(matrix, jitter)
    while found == nil, jitter < Self.lastJitter {
      jitter *= 10
      found = Self.factored(matrix, jitter)
    }
    guard let factor = found else { return nil }
    self.factor = factor
    self.jitter = jitter
    inverse = Self.inverted(factor)
  }

  /// log |K + jitter·1| / 2.
  func halfLogDeterminant(_ algebra: DoubleAlgebra) -> Double {
    algebra.log((0..<factor.rows).map { factor[$0, $0] }).reduce(0, +)
  }

  /// ∂f/∂K, symmetric, of ∂f/∂L, of which the lower triangle counts.
  ///
  /// K̄ = ½·L⁻ᵀ(P + Pᵀ)L⁻¹ with P the lower triangle of LᵀL̄, its diagonal halved (Murray 2016, §3.1).
  func pulledBack(_ slope: DoubleMatrix, _ algebra: DoubleAlgebra) -> DoubleMatrix {
    let n = factor.rows
    var lower = slope
    for i in 0..<n { for j in i + 1..<max(n, i + 1) { lower[i, j] = 0 } }
    let inner = algebra.product(factor, lower, transposeA: true)
    var both = DoubleMatrix(n, n)
    for i in 0..<n {
      for j in 0...i {
        both[i, j] = inner[i, j] / 2
        both[j, i] = inner[i, j] / 2
      }
    }
    return algebra.product(inverse, algebra.product(both, inverse), transposeA: true)
  }

  /// Row by row; nil at the first pivot that is not above 0.
  private static func factored(_ matrix: DoubleMatrix, _ jitter: Double) -> DoubleMatrix? {
    let n = matrix.rows
    var factor = DoubleMatrix(n, n)
    let isWhole = factor.values.withUnsafeMutableBufferPointer { l in
      for i in 0..<n {
        for j in 0...i {
          var sum = matrix[i, j] + (i == j ? jitter : 0)
          for k in 0..<j { sum -= l[i * n + k] * l[j * n + k] }
          if i == j {
            guard sum > 0, sum.isFinite else { return false }
            l[i * n + i] = sum.squareRoot()
          } else {
            l[i * n + j] = sum / l[j * n + j]
          }
        }
      }
      return true
    }
    return isWhole ? factor : nil
  }

  /// Column by column, by substitution.
  private static func inverted(_ factor: DoubleMatrix) -> DoubleMatrix {
    let n = factor.rows
    // Kept transposed while it is made: the sums run along rows then.
    var turned = DoubleMatrix(n, n)
    turned.values.withUnsafeMutableBufferPointer { x in
      factor.values.withUnsafeBufferPointer { l in
        for j in 0..<n {
          x[j * n + j] = 1 / l[j * n + j]
          for i in j + 1..<max(n, j + 1) {
            var sum = 0.0
            for k in j..<i { sum += l[i * n + k] * x[j * n + k] }
            x[j * n + i] = -sum / l[i * n + i]
          }
        }
      }
    }
    return turned.transposed
  }
}
