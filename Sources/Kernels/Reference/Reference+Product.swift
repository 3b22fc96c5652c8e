extension Reference {
  /// C = A·B for `a: [m, k]` and `b: [k, n]`, or their transposes: one chain of fused multiply-adds
  /// over k in order for each element, from `bias[j]` or +0.
  public static func matmul(
    _ a: [Float], _ b: [Float], m: Int, n: Int, k: Int, transposeA: Bool = false,
    transposeB: Bool = false, bias: [Float]? = nil
  ) -> [Float] {
    var c = [Float](repeating: 0, count: m * n)
    for i in 0..<m {
      for j in 0..<n {
        var sum: Float = bias?[j] ?? 0
        for p in 0..<k {
          sum.addProduct(
            transposeA ? a[p * m + i] : a[i * k + p], transposeB ? b[j * k + p] : b[p * n + j])
        }
        c[i * n + j] = sum
      }
    }
    return c
  }
}
