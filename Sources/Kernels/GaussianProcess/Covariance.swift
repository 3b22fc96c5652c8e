/// How alike the values of a latent function at two places are: the kernel of a Gaussian process.
///
/// Every feature has a scale ℓ of its own; σ² is the variance.
public enum Covariance: String, Sendable, Hashable, CaseIterable {
  /// σ²·exp(−½ Σ ((x − z)/ℓ)²): squared exponential, falling to 0 far from everything seen.
  case rbf
  /// σ²·Σ x·z/ℓ²: that of a linear function, whose variance grows with the distance from 0.
  case linear
}

/// A kernel with its numbers, in double precision.
struct CovarianceFunction: Sendable {
  let kind: Covariance
  /// 1/ℓ² of each feature.
  let precisions: [Double]
  /// σ².
  let variance: Double
  let algebra: DoubleAlgebra

  /// How much the value at each row of `x` varies.
  func diagonal(_ x: DoubleMatrix) -> [Double] {
    switch kind {
    case .rbf: [Double](repeating: variance, count: x.rows)
    case .linear: weightedSquares(x).map { $0 * variance }
    }
  }

  /// The covariances of each row of `z` with each row of `x`, `[z.rows, x.rows]`.
  func matrix(_ z: DoubleMatrix, _ x: DoubleMatrix) -> DoubleMatrix {
    let inner = algebra.product(z.scalingColumns(by: precisions), x.transposed)
    switch kind {
    case .linear: return inner * variance
    case .rbf:
      // −½ Σ (x − z)²/ℓ² = Σ xz/ℓ² − ½ Σ x²/ℓ² − ½ Σ z²/ℓ², which rounding must not leave above 0.
      let (left, right) = (weightedSquares(z), weightedSquares(x))
      var exponents = inner.values
      exponents.withUnsafeMutableBufferPointer { values in
        for i in 0..<z.rows {
          for j in 0..<x.rows {
            let k = i * x.rows + j
            values[k] = min(values[k] - (left[i] + right[j]) / 2, 0)
          }
        }
      }
      return DoubleMatrix(z.rows, x.rows, algebra.exp(exponents).map { $0 * variance })
    }
  }

  /// Where ∂f/∂K of a covariance matrix leads: to the places, and to the logarithms of ℓ and σ².
  struct Slopes: Sendable {
    var z: DoubleMatrix
    var x: DoubleMatrix
    /// ∂f/∂ log ℓ of each feature.
    var logScales: [Double]
    /// ∂f/∂ log σ².
    var logVariance: Double
  }

  /// The way back from `k = matrix(z, x)`.
  func pulledBack(_ slope: DoubleMatrix, from k: DoubleMatrix, _ z: DoubleMatrix, _ x: DoubleMatrix)
    -> Slopes
  {
    let weights = slope.combined(with: k, *)
    let logVariance = weights.values.reduce(0, +)
    switch kind {
    case .linear:
      let toX = algebra.product(slope, x).scalingColumns(by: precisions) * variance
      let toZ =
        algebra.product(slope, z, transposeA: true).scalingColumns(by: precisions) * variance
      return Slopes(
        z: toX, x: toZ, logScales: toX.combined(with: z, *).columnSums.map { $0 * -2 },
        logVariance: logVariance)
    case .rbf:
      // With W = K̄∘K: ∂/∂z = (W·x − z·ΣW)/ℓ², and Σ W·(x − z)²/ℓ² for log ℓ.
      let (ofZ, ofX) = (weights.rowSums, weights.columnSums)
      let (moved, back) = (
        algebra.product(weights, x), algebra.product(weights, z, transposeA: true)
      )
      let toZ = (moved - z.scalingRows(by: ofZ)).scalingColumns(by: precisions)
      let toX = (back - x.scalingRows(by: ofX)).scalingColumns(by: precisions)
      let squares = zip(
        z.combined(with: toZ, *).columnSums, x.combined(with: toX, *).columnSums
      ).map { -($0 + $1) }
      return Slopes(z: toZ, x: toX, logScales: squares, logVariance: logVariance)
    }
  }

  /// The way back from `diagonal(x)`; `z` stays empty.
  func pulledBack(_ slope: [Double], fromDiagonalAt x: DoubleMatrix) -> Slopes {
    let logVariance = zip(slope, diagonal(x)).reduce(0) { $0 + $1.0 * $1.1 }
    let toX: DoubleMatrix
    switch kind {
    case .rbf: toX = DoubleMatrix(x.rows, x.columns)
    case .linear:
      toX = x.scalingRows(by: slope.map { $0 * 2 * variance }).scalingColumns(by: precisions)
    }
    return Slopes(
      z: DoubleMatrix(0, x.columns), x: toX,
      logScales: toX.combined(with: x, *).columnSums.map { -$0 }, logVariance: logVariance)
  }

  /// Σ x²/ℓ² of each row.
  private func weightedSquares(_ x: DoubleMatrix) -> [Double] {
    x.combined(with: x.scalingColumns(by: precisions), *).rowSums
  }
}
