import Contract
import Kernels
import Models

/// The momentum iterative method: steepest steps along a gradient that remembers earlier ones.
///
/// Dong and others 2018, algorithm 1: g ← μ·g + ∇J/‖∇J‖₁, x ← Π(x + α·steepest(g)).
package struct MIM: Attack, AttackPiece {
  /// The word for it in the spec.
  package static let kind = "mim"
  /// What it is.
  package static let summary =
    "steepest steps along a gradient with momentum (Dong and others 2018, algorithm 1)"

  private let ascent: ProjectedAscent
  private let decay: Float
  /// The ball.
  package var threatModel: any ThreatModel { ascent.ball }
  /// Its ball, its steps and its decay.
  package var words: String {
    "the momentum method with \(ascent.words), a decay of \(decay)"
  }

  /// So many steps of a length; `decay` is μ, how much of the gradient so far is kept.
  package init(_ ball: some NormBall, steps: Int, stepSize: Float, decay: Float) {
    ascent = ProjectedAscent(ball: ball, steps: steps, stepSize: stepSize)
    self.decay = decay
  }

  /// Takes what `bim` takes, and `decay`.
  package init(options: inout OptionReader) throws(OptionError) {
    ascent = try ProjectedAscent(options: &options)
    decay = Float(try options.double("decay", in: 0...10))
  }

  /// Where the steps lead, row by row.
  package func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor {
    var (image, memory) = (x, x * 0)
    for _ in 0..<ascent.steps {
      let gradient = victim.ascent(at: image, towards: aims)
      // A row without a gradient adds nothing.
      let sizes = gradient.magnitudes().rowSums().map { $0 > 0 ? 1 / $0 : 0 }
      memory = gradient.timesRows(by: sizes).adding(memory, scaledBy: decay)
      image = ascent.step(from: image, along: memory, around: x)
    }
    return image
  }
}
