extension Reference {
  /// e^x: x = n·ln 2 + r, a polynomial of degree 7 in r, and 2ⁿ in two factors.
  public static func exp(_ x: Float) -> Float {
    if x.isNaN { return x }
    let inside = min(max(x, -104), 89)
    let magic: Float = 12_582_912
    let shifted = magic.addingProduct(inside, 1.44269504)
    let n = Int32(bitPattern: shifted.bitPattern) - Int32(bitPattern: magic.bitPattern)
    let whole = shifted - magic
    var r = inside.addingProduct(whole, -0.693145752)
    r = r.addingProduct(whole, -1.42860677e-6)
    let coefficients: [Float] = [
      1.38888889e-3, 8.33333333e-3, 4.16666667e-2, 1.66666667e-1, 0.5, 1, 1,
    ]
    let p = coefficients.reduce(1.98412698e-4) { $1.addingProduct($0, r) }
    let half = n >> 1
    return (p * power(half)) * power(n - half)
  }

  private static func power(_ n: Int32) -> Float { Float(bitPattern: UInt32(n + 127) << 23) }

  /// log x: x = 2^e·(1 + f), and f − (f²/2 − s·(f²/2 + R)) with s = f / (2 + f).
  public static func log(_ x: Float) -> Float {
    if x.isNaN || x == .infinity { return x }
    if x == 0 { return -.infinity }
    if x < 0 { return .nan }
    let tiny = x < Float.leastNormalMagnitude
    let scaled = tiny ? x * 8_388_608 : x
    let offset = Int32(bitPattern: scaled.bitPattern) - 0x3f35_04f3
    let e = Float((offset >> 23) - (tiny ? 23 : 0))
    let f = Float(bitPattern: UInt32((offset & 0x007f_ffff) + 0x3f35_04f3)) - 1
    let s = f / (f + 2)
    let z = s * s
    let coefficients: [Float] = [0.222222222, 0.285714286, 0.4, 0.666666667]
    let tail = coefficients.reduce(0.181818182) { $1.addingProduct($0, z) }
    let halfSquare = (f * 0.5) * f
    let inner = s * halfSquare.addingProduct(tail, z)
    let low = inner.addingProduct(e, 1.42860677e-6)
    return (f - (halfSquare - low)).addingProduct(e, 0.693145752)
  }

  /// log(1 + t) for t from 0 to 1.
  static func logOnePlus(_ t: Float) -> Float {
    let u = t + 1
    return log(u) + (t - (u - 1)) / u
  }

  /// 1 / (1 + e^−x).
  public static func sigmoid(_ x: Float) -> Float {
    let e = exp(-x.magnitude)
    return (x < 0 ? e : 1) / (e + 1)
  }

  /// log(1 + e^x).
  public static func softplus(_ x: Float) -> Float {
    (x > 0 ? x : 0) + logOnePlus(exp(-x.magnitude))
  }

  /// The hyperbolic tangent: a quotient of polynomials below 0.55, from exp above.
  public static func tanh(_ x: Float) -> Float {
    let a = x.magnitude
    let z = a * a
    let top = Float(945).addingProduct(z + 105, z)
    let bottom = Float(945).addingProduct(Float(420).addingProduct(z, 15), z)
    let result = a < 0.55 ? a * (top / bottom) : 1 - 2 / (exp(a + a) + 1)
    return x.sign == .minus ? -result : result
  }
}
