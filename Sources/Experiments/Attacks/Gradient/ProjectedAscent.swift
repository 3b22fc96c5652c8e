import Kernels
import Models

/// The loop that FGSM, BIM and PGD share: steepest steps, each followed by a projection.
struct ProjectedAscent {
  /// Where the way may lead.
  let ball: any NormBall
  /// How many steps are made.
  let steps: Int
  /// How long each is, in the ball's unit.
  let stepSize: Float

  /// The end of the way of each row of `start: [n, features]` in the ball around `center`.
  func end(
    from start: Tensor, around center: Tensor, aims: [Aim], against victim: some Victim
  ) -> Tensor {
    (0..<steps).reduce(start) { x, _ in
      let gradient = victim.ascent(at: x, towards: aims)
      return ball.project(
        ball.steepestStep(from: x, along: gradient, size: stepSize), around: center)
    }
  }
}
