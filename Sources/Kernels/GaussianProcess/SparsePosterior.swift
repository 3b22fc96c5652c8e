/// A sparse variational posterior over latent functions, one a class, that share a kernel: beliefs
/// q(u) = N(m, S) about their values u at M inducing points decide those everywhere.
///
/// Titsias 2009; Hensman, Matthews & Ghahramani 2015, §3. S = F·Fᵀ with F lower triangular. Whitened,
/// m and S are about v = L⁻¹u, where L is the Cholesky factor of the inducing points' covariance.
struct SparsePosterior: Sendable {
  /// The inducing points, `[M, features]`.
  let inducing: DoubleMatrix
  let covariance: CovarianceFunction
  /// m, `[classes, M]`.
  let mean: DoubleMatrix
  /// The transposed factors Fₖᵀ one below the other, `[classes·M, M]`, upper triangular each.
  let factors: DoubleMatrix
  let isWhitened: Bool
  let algebra: DoubleAlgebra
  /// The covariance of the inducing points, and L.
  let gram: DoubleMatrix
  let cholesky: Cholesky

  /// Slopes of something at every parameter.
  struct Slopes: Sendable {
    var inducing: DoubleMatrix
    var logScales: [Double]
    var logVariance: Double
    var mean: DoubleMatrix
    /// Like `factors`.
    var factors: DoubleMatrix
  }

  /// nil if the inducing points' covariance has no Cholesky factor, whatever the jitter.
  init?(
    inducing: DoubleMatrix, _ covariance: CovarianceFunction, mean: DoubleMatrix,
    factors: DoubleMatrix, isWhitened: Bool
  ) {
    self.inducing = inducing
    self.covariance = covariance
    self.mean = mean
    self.factors = factors
    self.isWhitened = isWhitened
    algebra = covariance.algebra
    gram = covariance.matrix(inducing, inducing)
    guard let cholesky = Cholesky(gram) else { return nil }
    self.cholesky = cholesky
  }

  /// The latent functions at some places.
  struct Beliefs: Sendable {
    /// The places, `[n, features]`.
    let x: DoubleMatrix
    /// Means, `[n, classes]`.
    let mean: DoubleMatrix
    /// Variances, `[n, classes]`, never below `leastVariance`.
    let variance: DoubleMatrix
    /// Covariances of the inducing points with the places, `[M, n]`.
    fileprivate let cross: DoubleMatrix
    /// L⁻¹·cross.
    fileprivate let whitened: DoubleMatrix
    /// What m is multiplied with: `whitened`, or L⁻ᵀ·whitened.
    fileprivate let reach: DoubleMatrix
    /// factors·reach, `[classes·M, n]`.
    fileprivate let spread: DoubleMatrix
  }

  /// What a variance is at least: below it is rounding.
  static let leastVariance = 1e-10

  /// μ = Aᵀm and v = k(x, x) − |L⁻¹k|² + |Fᵀa|² with A = L⁻¹K, or K⁻¹K without whitening.
  func beliefs(at x: DoubleMatrix) -> Beliefs {
    let cross = covariance.matrix(inducing, x)
    let whitened = algebra.product(cholesky.inverse, cross)
    let reach =
      isWhitened ? whitened : algebra.product(cholesky.inverse, whitened, transposeA: true)
    let spread = algebra.product(factors, reach)
    let explained = whitened.combined(with: whitened, *).columnSums
    let left = zip(covariance.diagonal(x), explained).map { $0 - $1 }
    let (m, n, classes) = (inducing.rows, x.rows, mean.rows)
    var variance = DoubleMatrix(n, classes)
    for k in 0..<classes {
      let part = spread.rows(k * m..<(k + 1) * m)
      for (i, square) in part.combined(with: part, *).columnSums.enumerated() {
        variance[i, k] = max(left[i] + square, Self.leastVariance)
      }
    }
    return Beliefs(
      x: x, mean: algebra.product(reach, mean.transposed, transposeA: true), variance: variance,
      cross: cross, whitened: whitened, reach: reach, spread: spread)
  }

  /// ∂f/∂x of ∂f/∂mean and ∂f/∂variance, `[n, classes]`, and, if wanted, the slopes at the parameters.
  func pulledBack(
    mean toMean: DoubleMatrix, variance toVariance: DoubleMatrix, from beliefs: Beliefs,
    wantsParameters: Bool
  ) -> (x: DoubleMatrix, parameters: Slopes?) {
    let (m, classes) = (inducing.rows, mean.rows)
    // A variance that was lifted to the least one does not move.
    let felt = toVariance.combined(with: beliefs.variance) {
      $1 > Self.leastVariance ? $0 : 0
    }
    let ofDiagonal = felt.rowSums
    let perClass = felt.transposed
    var stacked: [Double] = []
    stacked.reserveCapacity(beliefs.spread.values.count)
    for k in 0..<classes {
      stacked +=
        beliefs.spread.rows(k * m..<(k + 1) * m).scalingColumns(
          by: perClass.rows(k..<k + 1).values
        ).values
    }
    let weighted = DoubleMatrix(classes * m, beliefs.x.rows, stacked)
    let toReach =
      algebra.product(mean, toMean.transposed, transposeA: true)
      + algebra.product(factors, weighted, transposeA: true) * 2
    var toWhitened = beliefs.whitened.scalingColumns(by: ofDiagonal.map { $0 * -2 })
    let returned = isWhitened ? toReach : algebra.product(cholesky.inverse, toReach)
    toWhitened = toWhitened + returned
    let toCross = algebra.product(cholesky.inverse, toWhitened, transposeA: true)
    let ofCross = covariance.pulledBack(toCross, from: beliefs.cross, inducing, beliefs.x)
    let ofVariance = covariance.pulledBack(ofDiagonal, fromDiagonalAt: beliefs.x)
    let toX = ofCross.x + ofVariance.x
    guard wantsParameters else { return (toX, nil) }

    var toFactor = algebra.product(toCross, beliefs.whitened.transposed) * -1
    if !isWhitened {
      toFactor = toFactor - algebra.product(beliefs.reach, returned.transposed)
    }
    var slopes = slopes(ofFactor: toFactor)
    slopes.inducing = slopes.inducing + ofCross.z
    slopes.logScales = sums(slopes.logScales, ofCross.logScales, ofVariance.logScales)
    slopes.logVariance += ofCross.logVariance + ofVariance.logVariance
    let turned = beliefs.reach.transposed
    slopes.mean = algebra.product(toMean, turned, transposeA: true)
    slopes.factors = algebra.product(weighted, turned) * 2
    return (toX, slopes)
  }

  /// Slopes at the inducing points and the kernel of ∂f/∂L; those of m and F are 0.
  func slopes(ofFactor slope: DoubleMatrix) -> Slopes {
    let toGram = cholesky.pulledBack(slope, algebra)
    let ofGram = covariance.pulledBack(toGram, from: gram, inducing, inducing)
    return Slopes(
      inducing: ofGram.z + ofGram.x, logScales: ofGram.logScales, logVariance: ofGram.logVariance,
      mean: DoubleMatrix(mean.rows, mean.columns),
      factors: DoubleMatrix(factors.rows, factors.columns))
  }

  private func sums(_ a: [Double], _ b: [Double], _ c: [Double]) -> [Double] {
    a.indices.map { a[$0] + b[$0] + c[$0] }
  }
}
