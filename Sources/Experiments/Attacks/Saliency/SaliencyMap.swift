import Kernels
import Models

extension Scored {
  /// What a change of each pixel in a direction adds to the score of each row's target, and what it
  /// takes from the sum of all other scores, `[n, features]` each: two pullbacks, whatever the classes.
  package func saliency(towards targets: [Int], _ direction: JSMA.Direction) -> (
    own: Tensor, others: Tensor
  ) {
    let shape = pass.output.shape
    var own = [Float](repeating: 0, count: shape[0] * shape[1])
    var others = [Float](repeating: -direction.sign, count: own.count)
    for (row, target) in targets.enumerated() {
      own[row * shape[1] + target] = direction.sign
      others[row * shape[1] + target] = 0
    }
    let workspace = pass.output.workspace
    return (
      pass.inputGradient(workspace.tensor(shape, own)),
      pass.inputGradient(workspace.tensor(shape, others))
    )
  }
}

/// Which pixels to change next, given how they move the scores.
///
/// Papernot and others 2016, §III. `a` is what a change adds to the score of the class aimed at, `b`
/// what it takes from the sum of all others: both must be above 0, and the largest a·b wins.
package enum SaliencyMap: String, CaseIterable, Sendable {
  /// Two pixels at once, whose sums must have the right signs: the map that the paper uses on MNIST.
  ///
  /// A pixel whose own signs are wrong may be half of the best pair.
  case pair
  /// One pixel at a time, equation 8.
  case single

  /// How many pixels change at once.
  package var pixelsAtOnce: Int { self == .pair ? 2 : 1 }

  /// The pixels to change in each row of `a, b: [n, features]`, none where nothing is admissible;
  /// `open` has a byte for each, and 0 means that a pixel must stay.
  package func chosen(_ a: Tensor, _ b: Tensor, open: [UInt8]) -> [[Int]] {
    switch self {
    case .pair:
      return bestPairs(a, b, open: open).map { pair in pair.map { [$0.first, $0.second] } ?? [] }
    case .single:
      let width = a.shape[1]
      return a.withUnsafeBuffer { a in
        b.withUnsafeBuffer { b in
          stride(from: 0, to: a.count, by: width).map { start in
            var best: (pixel: Int, score: Float)?
            for i in start..<start + width where open[i] != 0 && a[i] > 0 && b[i] > 0 {
              if let best, !(a[i] * b[i] > best.score) { continue }
              best = (i - start, a[i] * b[i])
            }
            return best.map { [$0.pixel] } ?? []
          }
        }
      }
    }
  }
}
