extension Reference {
  /// The best pair of columns of one row: all pairs in order, the first of equals kept.
  public static func bestPair(_ a: [Float], _ b: [Float], open: [UInt8]) -> ColumnPair? {
    var best: (pair: ColumnPair, score: Float)?
    let columns = a.indices.filter { open[$0] != 0 && a[$0].isFinite && b[$0].isFinite }
    for (i, p) in columns.enumerated() {
      for q in columns[(i + 1)...] {
        let (alpha, beta) = (a[p] + a[q], b[p] + b[q])
        guard alpha > 0, beta > 0 else { continue }
        if let best, alpha * beta <= best.score { continue }
        best = (ColumnPair(p, q), alpha * beta)
      }
    }
    return best?.pair
  }
}
