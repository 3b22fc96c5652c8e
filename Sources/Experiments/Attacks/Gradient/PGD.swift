import Contract
import Kernels
import Models

/// Projected gradient ascent from random points of the ball, of which the worst end counts.
///
/// Madry and others 2018, §2 and §4. An image whose goal is met is not attacked again; of ends that
/// all miss it the one is kept whose scores come nearest to it, the first of equals.
package struct PGD: Attack, AttackPiece {
  /// The word for it in the spec.
  package static let kind = "pgd"
  /// What it is.
  package static let summary =
    "projected steepest steps from random starts, the worst of which counts (Madry and others 2018)"

  private let ascent: ProjectedAscent
  private let startsAtRandom: Bool
  private let restarts: Int
  /// The ball.
  package var threatModel: any ThreatModel { ascent.ball }
  /// Its ball, its steps and its starts.
  package var words: String {
    "PGD with \(ascent.words)" + (startsAtRandom ? ", \(restarts) random starts" : "")
  }

  /// So many steps of a length within a ball, from the image or from random points.
  package init(
    _ ball: some NormBall, steps: Int, stepSize: Float, startsAtRandom: Bool = true,
    restarts: Int = 1
  ) {
    precondition(restarts > 0, "an attack that never starts is none")
    ascent = ProjectedAscent(ball: ball, steps: steps, stepSize: stepSize)
    self.startsAtRandom = startsAtRandom
    self.restarts = restarts
  }

  /// Takes what `bim` takes, `random-start`, and `restarts`, how often it starts in all.
  package init(options: inout OptionReader) throws(OptionError) {
    ascent = try ProjectedAscent(options: &options)
    startsAtRandom = try options.bool("random-start")
    restarts = try options.int("restarts", in: 1...1000)
    guard startsAtRandom || restarts == 1 else {
      throw OptionError(
        path: ["restarts"], message: "every start from the image itself ends at the same place",
        hint: "give restarts: 1, or random-start: true")
    }
  }

  /// The worst of all ends for each row.
  package func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor {
    var best = x
    var gaps = [Float](repeating: .infinity, count: aims.count)
    var open = Array(aims.indices)
    for start in 0..<restarts where !open.isEmpty {
      let (center, own) = (x.gathered(rows: open), open.map { aims[$0] })
      let from =
        startsAtRandom
        ? ascent.ball.randomStart(
          around: center, positions: open.map { rows.lowerBound + $0 },
          seed: seed.forked("start").forked(start)) : center
      let end = ascent.end(from: from, around: center, aims: own, against: victim)
      let scored = victim.scored(end)
      let (scores, classes) = (scored.pass.output.values, scored.pass.output.shape[1])
      for (row, id) in open.enumerated() {
        let gap = ScoreGap(scores[row * classes..<(row + 1) * classes], aims[id]).value
        guard gap < gaps[id] || own[row].isMet(by: scored.answers[row]) else { continue }
        gaps[id] = own[row].isMet(by: scored.answers[row]) ? -.infinity : gap
        best.copyRow(id, from: end, row: row)
      }
      open = open.filter { gaps[$0] > -.infinity }
    }
    return best
  }
}
