import Contract
import Kernels

/// Makes λ·‖x* − x‖² + J(x*) small by Adam, with every pixel kept in 0…1.
///
/// Kos, Fischer & Song 2017, §4: 1,000 iterations at a rate of 0.1 are remembered from the paper. The
/// distance is squared and summed over the pixels, and λ multiplies it; the paper's own convention is
/// not known to us. After each step pixels are cut off at black and white. The best iterate by this
/// sum is kept, image by image.
package struct L2Optimisation: Sendable, Hashable {
  /// Steps of Adam.
  package let iterations: Int
  /// Its rate, in pixel units.
  package let rate: Float
  /// The weight λ of the squared distance.
  package let lambda: Double

  /// An optimisation; nothing in it is random.
  package init(iterations: Int, rate: Float, lambda: Double) {
    (self.iterations, self.rate, self.lambda) = (iterations, rate, lambda)
  }

  /// Reads `iterations`, `learning-rate` and `lambda`.
  package init(_ options: inout OptionReader) throws(OptionError) {
    self.init(
      iterations: try options.int("iterations", in: 1...1_000_000),
      rate: Float(try options.double("learning-rate", in: 1e-6...10)),
      lambda: try options.double("lambda", in: 0...1e6))
  }

  /// What `perturb` proposes, checked to be finite and brought into 0…1 again: what is measured is
  /// always this.
  package func judged(
    _ x: Tensor, by attack: some GenerativeAttack
  ) throws(StageFailure) -> Tensor {
    let proposal = perturb(x, by: attack)
    guard proposal.isFinite else {
      throw StageFailure(.computation, "the attack made a pixel that is not a finite number")
    }
    return proposal.clamped(to: 0...1)
  }

  /// The best image found for each row of `x: [n, pixels]`; rows do not see each other.
  package func perturb(_ x: Tensor, by attack: some GenerativeAttack) -> Tensor {
    var current = [x]
    var adam = Adam(weights: current)
    var best = x
    var least = [Float](repeating: .infinity, count: x.shape[0])
    for _ in 0..<iterations {
      let gradient = consider(current[0], x, attack, &best, &least)
      adam.step(&current, gradients: [gradient], learningRate: rate)
      current[0] = current[0].clamped(to: 0...1)
    }
    _ = consider(current[0], x, attack, &best, &least)
    return best
  }

  /// Keeps the rows that are better than the best so far, and gives the gradient of what is minimised.
  private func consider(
    _ current: Tensor, _ x: Tensor, _ attack: some GenerativeAttack, _ best: inout Tensor,
    _ least: inout [Float]
  ) -> Tensor {
    let loss = attack.loss(at: current)
    let difference = current - x
    let weight = Float(lambda)
    let totals = zip(loss.perExample, difference.rowSumsOfSquares()).map { $0 + weight * $1 }
    let width = x.shape[1]
    current.withUnsafeBuffer { from in
      best.withUnsafeMutableBuffer { to in
        guard let from = from.baseAddress, let to = to.baseAddress else { return }
        for (row, total) in totals.enumerated() where total < least[row] {
          least[row] = total
          (to + row * width).update(from: from + row * width, count: width)
        }
      }
    }
    return loss.gradient.adding(difference, scaledBy: 2 * weight)
  }
}
