extension Reference {
  /// One step of gradient descent with momentum on `w: [rows, columns]`, whose rows are then capped.
  public static func sgd(
    _ w: inout [Float], velocity v: inout [Float], gradient g: [Float], columns: Int, rate: Float,
    momentum: Float, cap: Float?
  ) {
    for i in w.indices {
      v[i] = (-(g[i] * rate)).addingProduct(v[i], momentum)
      w[i] += v[i]
    }
    guard let cap else { return }
    for start in stride(from: 0, to: w.count, by: columns) {
      let norm = sumOfSquares(Array(w[start..<start + columns])).squareRoot()
      if norm > cap {
        for j in start..<start + columns { w[j] *= cap / norm }
      }
    }
  }

  /// Step `t` (from 1) of Adam.
  public static func adam(
    _ w: inout [Float], first m: inout [Float], second v: inout [Float], gradient g: [Float],
    step t: Int, rate: Float, beta1: Float, beta2: Float, epsilon: Float
  ) {
    func correction(_ beta: Float) -> Float {
      Float(1 / (1 - (0..<t).reduce(1.0) { power, _ in power * Double(beta) }))
    }
    let (c1, c2) = (correction(beta1), correction(beta2))
    for i in w.indices {
      m[i] = (g[i] * (1 - beta1)).addingProduct(m[i], beta1)
      v[i] = ((g[i] * g[i]) * (1 - beta2)).addingProduct(v[i], beta2)
      w[i] -= ((m[i] * c1) / ((v[i] * c2).squareRoot() + epsilon)) * rate
    }
  }
}
