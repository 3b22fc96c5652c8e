extension Reference {
  /// Radial basis units for `x: [n, inputs]`, `s, centre: [outputs, inputs]`: −Σⱼ s²·(x − μ)²,
  /// multiplied out as the layer does it.
  public static func radialBasis(
    _ x: [Float], scale s: [Float], centre: [Float], inputs: Int, outputs: Int
  ) -> [Float] {
    let n = x.count / inputs
    let precision = s.map { $0 * $0 }
    let offset = (0..<outputs).map { u -> Float in
      let row = u * inputs..<(u + 1) * inputs
      return -sumOfSquares(zip(s[row], centre[row]).map { $0 * $1 })
    }
    let linear = matmul(
      x, zip(precision, centre).map { $0 * $1 * 2 }, m: n, n: outputs, k: inputs,
      transposeB: true, bias: offset)
    let quadratic = matmul(
      x.map { $0 * $0 }, precision, m: n, n: outputs, k: inputs, transposeB: true)
    return zip(linear, quadratic).map { min($0 - $1, 0) }
  }

  /// ∂L/∂s, ∂L/∂μ and ∂L/∂x of radial basis units, term by term and in double precision.
  ///
  /// The layer multiplies the squares out, so it agrees within rounding and not to the bit.
  public static func radialBasisBackward(
    x: [Float], scale s: [Float], centre: [Float], dy: [Float], inputs: Int, outputs: Int
  ) -> (ds: [Double], dCentre: [Double], dx: [Double]) {
    var ds = [Double](repeating: 0, count: s.count)
    var dCentre = [Double](repeating: 0, count: s.count)
    var dx = [Double](repeating: 0, count: x.count)
    for i in 0..<x.count / inputs {
      for u in 0..<outputs {
        for j in 0..<inputs {
          let (here, weight) = (i * inputs + j, u * inputs + j)
          let distance = Double(x[here]) - Double(centre[weight])
          let (slope, scale) = (Double(dy[i * outputs + u]), Double(s[weight]))
          ds[weight] -= 2 * slope * scale * distance * distance
          dCentre[weight] += 2 * slope * scale * scale * distance
          dx[here] -= 2 * slope * scale * scale * distance
        }
      }
    }
    return (ds, dCentre, dx)
  }
}
