import Contract
import Kernels
import Models

/// What iterated attacks share: steepest steps within a ball, each followed by a projection.
struct ProjectedAscent {
  /// Where the way may lead.
  let ball: any NormBall
  /// How many steps are made.
  let steps: Int
  /// How long each is, in the ball's unit.
  let stepSize: Float

  /// So many steps of a length within a ball.
  init(ball: any NormBall, steps: Int, stepSize: Float) {
    self.ball = ball
    self.steps = steps
    self.stepSize = stepSize
  }

  /// Takes `norm` and what its ball takes, `steps`, and `step-size` in the ball's unit.
  init(options: inout OptionReader) throws(OptionError) {
    self.init(
      ball: try options.piece(by: "norm", of: NormCatalogue.balls),
      steps: try options.int("steps", in: 1...100_000),
      stepSize: Float(try options.double("step-size", in: 0...10_000)))
  }

  /// Its ball and its steps.
  var words: String { "\(ball.words), \(steps) steps of \(stepSize)" }

  /// One step along a direction of ascent, brought back into the ball around `center`.
  func step(from x: Tensor, along direction: Tensor, around center: Tensor) -> Tensor {
    ball.project(ball.steepestStep(from: x, along: direction, size: stepSize), around: center)
  }

  /// The end of the way of each row of `start: [n, features]` in the ball around `center`.
  func end(
    from start: Tensor, around center: Tensor, aims: [Aim], against victim: some Victim
  ) -> Tensor {
    (0..<steps).reduce(start) { x, _ in
      step(from: x, along: victim.ascent(at: x, towards: aims), around: center)
    }
  }
}
