import Contract
import Kernels

/// Centres of groups of codes, by Lloyd's passes from codes drawn at random.
///
/// A group that has lost all its codes keeps its centre. Of two centres equally near, the first wins.
struct KMeans {
  /// How many centres.
  let centres: Int
  /// Passes over all codes.
  let passes: Int

  /// The centres, `[centres, features]`, of `codes: [n, features]`; with fewer codes than centres, some
  /// codes are drawn more than once, moved by a thousandth of the codes' deviation.
  func fit(_ codes: Tensor, seed: Seed) -> Tensor {
    let (n, width) = (codes.shape[0], codes.shape[1])
    let workspace = codes.workspace
    let order = seed.forked("order").permutation(of: n)
    let drawn = (0..<centres).map { order[$0 % n] }
    let values = codes.values
    var found = drawn.flatMap { Array(values[$0 * width..<($0 + 1) * width]) }
    if centres > n {
      let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
      let square = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
      let step = Float((square / Double(values.count)).squareRoot() / 1000)
      let noise = workspace.normal(
        [centres, width], mean: 0, deviation: max(step, 1e-6), seed: seed.forked("repeats"))
      for (i, change) in noise.values.enumerated() where i >= n * width { found[i] += change }
    }
    for _ in 0..<passes {
      let nearest = nearest(codes, to: workspace.tensor([centres, width], found))
      var sums = [Double](repeating: 0, count: centres * width)
      var counts = [Int](repeating: 0, count: centres)
      for (row, centre) in nearest.enumerated() {
        counts[centre] += 1
        for j in 0..<width { sums[centre * width + j] += Double(values[row * width + j]) }
      }
      for centre in 0..<centres where counts[centre] > 0 {
        for j in 0..<width {
          found[centre * width + j] = Float(sums[centre * width + j] / Double(counts[centre]))
        }
      }
    }
    return workspace.tensor([centres, width], found)
  }

  /// The position of the nearest centre for each code: that with the largest x·z − |z|²/2.
  func nearest(_ codes: Tensor, to centres: Tensor) -> [Int] {
    let lengths = (centres * centres).rowSums()
    let offsets = codes.workspace.tensor([1, lengths.count], lengths.map { $0 * -0.5 })
    let ones = codes.workspace.tensor(
      [codes.shape[0], 1], [Float](repeating: 1, count: codes.shape[0]))
    return (matmul(codes, centres, transposeB: true) + matmul(ones, offsets)).rowArgmax()
  }
}
