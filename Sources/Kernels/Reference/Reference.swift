/// The operations as plain loops over arrays: the specification of every bit, and the oracle that
/// the fast loops are tested against.
public enum Reference {
  /// Lanes of a reduction.
  static let lanes = 16

  /// The fixed tree that ends every reduction: lanes 8 apart, then 4, 2 and 1.
  static func tree(_ lanes: [Float]) -> Float {
    var lane = lanes
    for half in [8, 4, 2, 1] {
      for i in 0..<half { lane[i] += lane[i + half] }
    }
    return lane[0]
  }

  /// A reduction of fixed shape: element i joins lane i mod 16, then the tree.
  static func reduce(_ values: [Float], _ join: (Float, Float) -> Float) -> Float {
    var lane = [Float](repeating: 0, count: lanes)
    for (i, value) in values.enumerated() { lane[i % lanes] = join(lane[i % lanes], value) }
    return tree(lane)
  }

  /// The sum of the elements.
  public static func sum(_ x: [Float]) -> Float { reduce(x) { $0 + $1 } }

  /// The sum of the squares of the elements.
  public static func sumOfSquares(_ x: [Float]) -> Float { reduce(x) { $0.addingProduct($1, $1) } }

  /// The sum of the absolute values of the elements.
  public static func sumOfMagnitudes(_ x: [Float]) -> Float { reduce(x) { $0 + $1.magnitude } }

  /// Column sums of `x: [rows, columns]`, added in row order.
  public static func columnSums(_ x: [Float], columns: Int) -> [Float] {
    var sums = [Float](repeating: 0, count: columns)
    for (i, value) in x.enumerated() { sums[i % columns] += value }
    return sums
  }
}
