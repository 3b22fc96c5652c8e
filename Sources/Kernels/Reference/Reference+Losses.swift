extension Reference {
  private static func exponentials(_ z: [Float]) -> (largest: Float, each: [Float], sum: Float) {
    let largest = z.max() ?? 0
    let each = z.map { exp($0 - largest) }
    return (largest, each, sum(each))
  }

  /// The probabilities of one row of logits.
  public static func softmax(_ z: [Float]) -> [Float] {
    let row = exponentials(z)
    return row.each.map { $0 / row.sum }
  }

  /// The logarithms of the probabilities of one row of logits.
  public static func logSoftmax(_ z: [Float]) -> [Float] {
    let row = exponentials(z)
    return z.map { ($0 - row.largest) - log(row.sum) }
  }

  /// The cross-entropy of one row of logits and `weight` times its gradient.
  public static func crossEntropy(
    _ z: [Float], label: Int, weight: Float
  ) -> (loss: Float, gradient: [Float]) {
    let row = exponentials(z)
    let gradient = row.each.enumerated().map { j, e in
      (j == label ? e / row.sum - 1 : e / row.sum) * weight
    }
    return (log(row.sum) - (z[label] - row.largest), gradient)
  }

  /// The logistic loss of one logit and `weight` times its gradient.
  public static func logistic(
    _ z: Float, sign: Float, weight: Float
  ) -> (loss: Float, gradient: Float) {
    let against = -(sign * z)
    return (softplus(against), (-sign * sigmoid(against)) * weight)
  }
}
