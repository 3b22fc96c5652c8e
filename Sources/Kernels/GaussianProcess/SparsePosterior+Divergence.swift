extension SparsePosterior {
  /// KL(q(u) ‖ p(u)), summed over the classes, in nats, with its slopes at every parameter.
  ///
  /// ½·Σ(|L⁻¹F|² + |L⁻¹m|² − M) + classes·log|L| − Σ log|F|; whitened, L is 1.
  func divergence() -> (value: Double, slopes: Slopes) {
    let (m, classes) = (inducing.rows, mean.rows)
    let diagonal = (0..<classes).flatMap { k in (0..<m).map { factors[k * m + $0, $0] } }
    let logs = algebra.log(diagonal.map(abs)).reduce(0, +)
    // Rows are the transposed columns of every F, then every m.
    let all = DoubleMatrix(
      factors.rows + mean.rows, m, factors.values + mean.values)
    let white = isWhitened ? all : algebra.product(all, cholesky.inverse.transposed)
    var value =
      (white.values.reduce(0) { $0 + $1 * $1 } - Double(m * classes)) / 2 - logs
    let toAll = isWhitened ? all : algebra.product(white, cholesky.inverse)
    var result: Slopes
    if isWhitened {
      result = slopes(ofFactor: DoubleMatrix(m, m))
    } else {
      value += Double(classes) * cholesky.halfLogDeterminant(algebra)
      var toFactor = algebra.product(toAll, white, transposeA: true) * -1
      for i in 0..<m { toFactor[i, i] += Double(classes) / cholesky.factor[i, i] }
      result = slopes(ofFactor: toFactor)
    }
    result.mean = toAll.rows(factors.rows..<all.rows)
    result.factors = toAll.rows(0..<factors.rows)
    for (k, number) in diagonal.enumerated() {
      result.factors[k, k % m] -= 1 / number
    }
    return (value, result)
  }
}
