import Attacks
import Kernels
import Measures
import Models

/// The adversarial distance of Papernot and others 2016, §V: A(X, t) = 1 − the share of pixels whose
/// saliency towards t is above 0 in the first step, each pixel by itself (equation 8).
///
/// 0 means that any pixel helps the attacker, 1 that none does. Nothing is attacked to measure it.
struct AdversarialDistance {
  let direction: JSMA.Direction
  let victim: Classifier

  /// A(X, t) for each row of `x: [n, features]` and each class, in the order of classes.
  func towardsEachClass(_ x: Tensor) -> [[Double]] {
    let scored = victim.scored(x)
    let (rows, width) = (x.shape[0], x.shape[1])
    var result = [[Double]](repeating: [], count: rows)
    for target in 0..<scored.pass.output.shape[1] {
      let saliency = scored.saliency(
        towards: Array(repeating: target, count: rows), direction)
      let (a, b) = (saliency.own.values, saliency.others.values)
      for row in 0..<rows {
        let salient = (row * width..<(row + 1) * width).count { a[$0] > 0 && b[$0] > 0 }
        result[row].append(1 - Double(salient) / Double(width))
      }
    }
    return result
  }

  /// The mean of A(X, t) for each class of X and each t, and R(F), the least of all.
  func measure(_ test: Evaluator, first count: Int) -> (matrix: PairMatrix, robustness: Double) {
    let classes = victim.classes.count
    var (sums, counts) = (
      [Double](repeating: 0, count: classes * classes), [Int](repeating: 0, count: classes)
    )
    var least = 1.0
    for first in stride(from: 0, to: count, by: 250) {
      let range = first..<min(first + 250, count)
      for (row, distances) in towardsEachClass(test.pixels(range)).enumerated() {
        let source = test.labels[range.lowerBound + row]
        counts[source] += 1
        for (target, distance) in distances.enumerated() where target != source {
          sums[source * classes + target] += distance
          least = min(least, distance)
        }
      }
    }
    return (
      PairMatrix(victim.classes) { s, t in
        counts[s] > 0 ? sums[s * classes + t] / Double(counts[s]) : nil
      }, least
    )
  }
}
