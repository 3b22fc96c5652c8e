extension Reference {
  /// A⁻¹ᐟ² of a symmetric, positive definite `a: [n, n]`, from its eigenvectors, which Jacobi's
  /// rotations find in double precision.
  public static func inverseSquareRoot(_ a: [Float], n: Int) -> [Double] {
    var matrix = a.map(Double.init)
    var vectors = [Double](repeating: 0, count: n * n)
    for i in 0..<n { vectors[i * n + i] = 1 }
    // Convergence is quadratic; ten sweeps are more than these sizes need.
    for _ in 0..<10 {
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where matrix[p * n + q] != 0 {
          let angle = (matrix[q * n + q] - matrix[p * n + p]) / (2 * matrix[p * n + q])
          let sign: Double = angle < 0 ? -1 : 1
          let t = sign / (angle.magnitude + (angle * angle + 1).squareRoot())
          let c = 1 / (t * t + 1).squareRoot()
          rotate(&matrix, n: n, p, q, cosine: c, sine: t * c, rows: true)
          rotate(&matrix, n: n, p, q, cosine: c, sine: t * c, rows: false)
          rotate(&vectors, n: n, p, q, cosine: c, sine: t * c, rows: false)
        }
      }
    }
    var root = [Double](repeating: 0, count: n * n)
    for i in 0..<n {
      for j in 0..<n {
        for k in 0..<n {
          root[i * n + j] +=
            vectors[i * n + k] * vectors[j * n + k] / matrix[k * n + k].squareRoot()
        }
      }
    }
    return root
  }

  /// Turns two rows or two columns into each other.
  private static func rotate(
    _ matrix: inout [Double], n: Int, _ p: Int, _ q: Int, cosine: Double, sine: Double, rows: Bool
  ) {
    for k in 0..<n {
      let (i, j) = rows ? (p * n + k, q * n + k) : (k * n + p, k * n + q)
      let (x, y) = (matrix[i], matrix[j])
      matrix[i] = cosine * x - sine * y
      matrix[j] = sine * x + cosine * y
    }
  }
}
