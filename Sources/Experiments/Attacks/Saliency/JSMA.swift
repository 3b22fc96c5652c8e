import Kernels
import Models

/// The Jacobian-based saliency map attack.
///
/// Papernot and others 2016, §III, algorithms 2 and 3. Step after step, the pixels that the saliency
/// map names are set to white (or black), until the image is taken for the class aimed at, no pixels
/// are admissible, or the budget is spent. The derivatives are those of the scores before any softmax.
package struct JSMA: Attack, Hashable {
  /// What becomes of a chosen pixel.
  package enum Direction: String, CaseIterable, Sendable {
    /// θ = +1: it becomes white.
    case increase
    /// θ = −1: it becomes black.
    case decrease

    package var end: Float { self == .increase ? 1 : 0 }
    package var sign: Float { self == .increase ? 1 : -1 }
  }

  /// Which pixels may be chosen at first; a chosen pixel never is again.
  package enum Domain: String, CaseIterable, Sendable {
    /// Those that can still move.
    case unsaturated
    /// All, so that a step may be wasted on a pixel that is as white (or black) as it gets.
    case all
  }

  /// White or black.
  package let direction: Direction
  /// How pixels are chosen.
  package let map: SaliencyMap
  /// Among which.
  package let domain: Domain
  /// How many may change in all.
  let budget: PixelBudget
  /// The budget.
  package var threatModel: any ThreatModel { budget }
  /// The most steps: for pairs ⌊features·Υ/200⌋.
  package var steps: Int { budget.pixels / map.pixelsAtOnce }

  /// An attack that may change so many pixels.
  package init(
    pixels: Int, direction: Direction = .increase, map: SaliencyMap = .pair,
    domain: Domain = .unsaturated
  ) {
    self.direction = direction
    self.map = map
    self.domain = domain
    budget = PixelBudget(pixels: pixels / map.pixelsAtOnce * map.pixelsAtOnce)
  }

  /// An attack that may change Υ percent of the features, rounded down to whole steps.
  package init(
    upsilon: Double, of features: Int, direction: Direction = .increase, map: SaliencyMap = .pair,
    domain: Domain = .unsaturated
  ) {
    self.init(
      pixels: Int(Double(features) * upsilon / 100), direction: direction, map: map, domain: domain)
  }

  /// Whether a pixel may be chosen at first.
  func isOpen(_ value: Float) -> Bool { domain == .all || value != direction.end }

  /// Each row as the attack leaves it, also where it fails.
  ///
  /// Goals without a class are pursued towards the class that comes second on the clean image.
  package func perturb(
    _ x: Tensor, rows: Range<Int>, aims: [Aim], against victim: some Victim, seed: Seed
  ) -> Tensor {
    let width = x.shape[1]
    var result = x.values
    var next = 0
    var run = SaliencyRun(self, against: victim, width: width, in: x.workspace)
    run.drain {
      guard next < aims.count else { return nil }
      defer { next += 1 }
      return SaliencyRun.Job(
        id: next, aim: aims[next], pixels: Array(result[next * width..<(next + 1) * width]))
    } finished: { end in
      result.replaceSubrange(end.id * width..<(end.id + 1) * width, with: end.pixels)
    }
    return x.workspace.tensor(x.shape, result)
  }
}
