import Contract
import Kernels
import Models

/// The basic iterative method: FGSM in small steps, from the image itself.
///
/// Kurakin, Goodfellow & Bengio 2016, §2.2. With one step as long as the ball it is FGSM.
package struct BIM: Attack, AttackPiece {
  /// The word for it in the spec.
  package static let kind = "bim"
  /// What it is.
  package static let summary =
    "steepest steps from the image, each projected (Kurakin, Goodfellow & Bengio 2016, §2.2)"

  private let ascent: ProjectedAscent
  /// The ball.
  package var threatModel: any ThreatModel { ascent.ball }
  /// Its ball and its steps.
  package var words: String { "BIM with \(ascent.words)" }

  /// So many steps of a length within a ball.
  package init(_ ball: some NormBall, steps: Int, stepSize: Float) {
    ascent = ProjectedAscent(ball: ball, steps: steps, stepSize: stepSize)
  }

  /// Takes `norm` and what its ball takes, `steps`, and `step-size` in the ball's unit.
  package init(options: inout OptionReader) throws(OptionError) {
    ascent = try ProjectedAscent(options: &options)
  }

  /// Where the steps lead, row by row.
  package func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor { ascent.end(from: x, around: x, aims: aims, against: victim) }
}
