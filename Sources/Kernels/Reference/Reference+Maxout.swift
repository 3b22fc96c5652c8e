extension Reference {
  /// The largest of `pieces` consecutive columns of `z: [rows, units·pieces]`, and which it was; the
  /// first of equals wins.
  public static func maxout(_ z: [Float], pieces: Int) -> (y: [Float], winner: [Int]) {
    var (y, winner) = ([Float](), [Int]())
    for start in stride(from: 0, to: z.count, by: pieces) {
      var best = 0
      for p in 1..<max(pieces, 1) where z[start + p] > z[start + best] { best = p }
      y.append(z[start + best])
      winner.append(best)
    }
    return (y, winner)
  }

  /// ∂L/∂W, ∂L/∂b and ∂L/∂x of a maxout layer; terms whose dy is 0 are left out of the chains.
  public static func maxoutBackward(
    x: [Float], w: [Float], dy: [Float], winner: [Int], inputs: Int, units: Int, pieces: Int
  ) -> (dw: [Float], db: [Float], dx: [Float]) {
    var dw = [Float](repeating: 0, count: w.count)
    var db = [Float](repeating: 0, count: units * pieces)
    var dx = [Float](repeating: 0, count: x.count)
    for i in 0..<x.count / inputs {
      for u in 0..<units where dy[i * units + u] != 0 {
        let row = u * pieces + winner[i * units + u]
        db[row] += dy[i * units + u]
        for j in 0..<inputs {
          dw[row * inputs + j].addProduct(dy[i * units + u], x[i * inputs + j])
          dx[i * inputs + j].addProduct(dy[i * units + u], w[row * inputs + j])
        }
      }
    }
    return (dw, db, dx)
  }

  /// Dropout: what a seed keeps of `x`, times `scale`.
  public static func dropout(_ x: [Float], keep: Float, scale: Float, seed: Seed) -> [Float] {
    let threshold = UInt32((keep * 65536).rounded())
    return x.enumerated().map { index, value in
      let (group, within) = (index / 128, index % 128)
      let (half, block) = (within / 16, UInt64(group * 16 + within % 16))
      let word = Philox.block(block, .dropout, key: seed.key)[half / 2]
      return (half % 2 == 0 ? word & 0xffff : word >> 16) < threshold ? value * scale : 0
    }
  }
}
