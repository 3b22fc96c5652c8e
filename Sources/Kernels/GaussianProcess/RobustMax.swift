/// The robust-max likelihood of several latent functions: the class of the largest has probability
/// 1 − β, the others share β (Girolami & Rogers 2006; Hernández-Lobato and others 2011).
///
/// What it needs of normal beliefs N(μⱼ, vⱼ) about the functions is P(fₖ is the largest) =
/// E[Π_{j≠k} Φ((fₖ − μⱼ)/√vⱼ)], by Gauss–Hermite quadrature over fₖ.
struct RobustMax: Sendable {
  /// β, the probability of an answer that the functions do not give.
  let beta: Double
  let quadrature: GaussHermite
  let algebra: DoubleAlgebra

  /// P(fₖ is the largest) for some classes of each row, and their way back.
  struct Chances: Sendable {
    /// `[n, asked]`, in the order of the classes asked.
    let values: DoubleMatrix
    /// ∂P/∂μ: for each row and asked class one number a class, `[n, asked · classes]`.
    fileprivate let toMean: DoubleMatrix
    /// ∂P/∂√v in the same order.
    fileprivate let toDeviation: DoubleMatrix
  }

  /// The chances of the classes `asked` of each row, for beliefs `mean, deviation: [n, classes]`.
  func chances(
    _ mean: DoubleMatrix, _ deviation: DoubleMatrix, of asked: [[Int]]
  ) -> Chances {
    let (rows, classes) = (mean.rows, mean.columns)
    let each = asked.first?.count ?? 0
    var values = [Double](repeating: 0, count: rows * each)
    var toMean = [Double](repeating: 0, count: rows * each * classes)
    var toDeviation = toMean
    values.withUnsafeMutableBufferPointer { values in
      toMean.withUnsafeMutableBufferPointer { toMean in
        toDeviation.withUnsafeMutableBufferPointer { toDeviation in
          // Each row writes its own numbers only.
          nonisolated(unsafe) let (p, m, d) = (values, toMean, toDeviation)
          algebra.workspace.parallelRuns(of: rows, each: 8) { start, count in
            var scratch = Scratch(classes, quadrature.nodes.count)
            for row in start..<start + count {
              for (a, label) in asked[row].enumerated() {
                let at = row * each + a
                p[at] = chance(
                  of: label, Array(mean.values[row * classes..<(row + 1) * classes]),
                  Array(deviation.values[row * classes..<(row + 1) * classes]), &scratch,
                  UnsafeMutableBufferPointer(rebasing: m[at * classes..<(at + 1) * classes]),
                  UnsafeMutableBufferPointer(rebasing: d[at * classes..<(at + 1) * classes]))
              }
            }
          }
        }
      }
    }
    return Chances(
      values: DoubleMatrix(rows, each, values),
      toMean: DoubleMatrix(rows, each * classes, toMean),
      toDeviation: DoubleMatrix(rows, each * classes, toDeviation))
  }

  /// ∂f/∂μ and ∂f/∂√v, `[n, classes]`, of ∂f/∂P, `[n, asked]`.
  func pulledBack(
    _ slope: DoubleMatrix, from chances: Chances
  ) -> (mean: DoubleMatrix, deviation: DoubleMatrix) {
    let each = slope.columns
    let classes = chances.toMean.columns / max(each, 1)
    func gathered(_ table: DoubleMatrix) -> DoubleMatrix {
      var sums = DoubleMatrix(slope.rows, classes)
      for row in 0..<slope.rows {
        for a in 0..<each {
          for j in 0..<classes {
            sums.values[row * classes + j] += slope[row, a] * table[row, a * classes + j]
          }
        }
      }
      return sums
    }
    return (gathered(chances.toMean), gathered(chances.toDeviation))
  }

  /// The probability of a class whose function is the largest with this chance.
  func probability(_ chance: Double, classes: Int) -> Double {
    (1 - beta) * chance + beta / Double(classes - 1) * (1 - chance)
  }

  /// ∂probability/∂chance.
  func probabilitySlope(classes: Int) -> Double { 1 - beta - beta / Double(classes - 1) }

  /// The numbers of one row and class, a run of `classes` a node.
  private struct Scratch {
    var z, cumulative, density: [Double]
    /// Products of the factors from each class on.
    var right: [Double]

    init(_ classes: Int, _ nodes: Int) {
      z = [Double](repeating: 0, count: classes * nodes)
      (cumulative, density) = (z, z)
      right = [Double](repeating: 1, count: classes + 1)
    }
  }

  private func chance(
    of label: Int, _ mean: [Double], _ deviation: [Double], _ scratch: inout Scratch,
    _ toMean: UnsafeMutableBufferPointer<Double>, _ toDeviation: UnsafeMutableBufferPointer<Double>
  ) -> Double {
    let classes = mean.count
    let root2 = 2.0.squareRoot()
    for (i, node) in quadrature.nodes.enumerated() {
      let f = mean[label] + root2 * deviation[label] * node
      for j in 0..<classes { scratch.z[i * classes + j] = (f - mean[j]) / deviation[j] }
    }
    algebra.normal(
      scratch.z, &scratch.cumulative, &scratch.density, count: scratch.z.count)
    var total = 0.0
    for (i, node) in quadrature.nodes.enumerated() {
      let weight = quadrature.weights[i]
      let run = i * classes
      // Products of all others, from the left and from the right: a factor may be 0.
      for j in stride(from: classes - 1, through: 0, by: -1) {
        scratch.right[j] = scratch.right[j + 1] * (j == label ? 1 : scratch.cumulative[run + j])
      }
      total += weight * scratch.right[0]
      var left = 1.0
      var toValue = 0.0
      for j in 0..<classes where j != label {
        let slope = weight * left * scratch.right[j + 1] * scratch.density[run + j] / deviation[j]
        toMean[j] -= slope
        toDeviation[j] -= slope * scratch.z[run + j]
        toValue += slope
        left *= scratch.cumulative[run + j]
      }
      toMean[label] += toValue
      toDeviation[label] += toValue * root2 * node
    }
    return total
  }
}
