import Kernels
import Models

/// Images on their way to adversarial examples, each at its own step of its own search.
///
/// An image leaves when its search ends, so that no time is spent on it any more.
struct CarliniWagnerRun<Target: Victim> {
  /// The state of one image that is not done yet, a row of the matrices below.
  private struct Lane {
    /// Its row among the images attacked.
    let id: Int
    let aim: Aim
    var search: ConstantSearch
    var stagnation: Stagnation
    /// Steps made with this c.
    var iteration = 0
    /// Whether any iterate made with this c was a success.
    var hasSucceeded = false
  }

  private let attack: CarliniWagner
  private let victim: Target
  private var lanes: [Lane] = []
  /// The originals of the lanes, and where their searches begin.
  private var originals: Tensor
  private var starts: Tensor
  private var variables: Tensor
  private var adam: RowAdam
  /// The best of every image and its squared distance.
  private var best: Tensor
  private var least: [Float]

  /// Puts every image on its way that is neither a success already nor beyond its attacker's goal.
  init(_ attack: CarliniWagner, on x: Tensor, aims: [Aim], against victim: Target) {
    self.attack = attack
    self.victim = victim
    best = x
    least = Array(repeating: .infinity, count: aims.count)
    let open = Self.open(attack, x, aims, victim)
    lanes = open.map { id in
      Lane(
        id: id, aim: aims[id],
        search: ConstantSearch(from: attack.initialConstant, steps: attack.searchSteps),
        stagnation: Stagnation(iterations: attack.iterations))
    }
    originals = x.gathered(rows: open)
    starts = TanhSpace.variables(of: originals)
    variables = starts
    adam = RowAdam(originals.shape, in: x.workspace)
  }

  /// The rows that have to be moved and may be.
  private static func open(
    _ attack: CarliniWagner, _ x: Tensor, _ aims: [Aim], _ victim: Target
  ) -> [Int] {
    guard !aims.isEmpty else { return [] }
    let scored = victim.scored(x)
    let (scores, classes) = (scored.pass.output.values, scored.pass.output.shape[1])
    return aims.indices.filter { row in
      guard aims[row].isPossible else { return false }
      let gap = ScoreGap(scores[row * classes..<(row + 1) * classes], aims[row])
      return !attack.isMet(aims[row], by: scored.answers[row], gap)
    }
  }

  /// Runs until no image is left, and gives the best of each.
  mutating func finished() -> Tensor {
    while !lanes.isEmpty { step() }
    return best
  }

  /// One iteration of every lane.
  private mutating func step() {
    let (images, slope) = TanhSpace.images(of: variables)
    let difference = images - originals
    let scored = victim.scored(images)
    let output = scored.pass.output
    let (scores, classes) = (output.values, output.shape[1])
    let squares = difference.rowSumsOfSquares()
    var upstream = [Float](repeating: 0, count: scores.count)
    var ended: [Int] = []
    for row in lanes.indices {
      let gap = ScoreGap(scores[row * classes..<(row + 1) * classes], lanes[row].aim)
      if attack.isMet(lanes[row].aim, by: scored.answers[row], gap) {
        lanes[row].hasSucceeded = true
        keep(images, row, squares[row])
      }
      let weight = Float(lanes[row].search.constant)
      let loss = squares[row] + weight * gap.loss(confidence: attack.confidence)
      if gap.value > -attack.confidence {
        upstream[row * classes + gap.falling] = weight
        upstream[row * classes + gap.rising] = -weight
      }
      lanes[row].iteration += 1
      if lanes[row].stagnation.notes(loss) || lanes[row].iteration == attack.iterations {
        ended.append(row)
      }
    }
    if ended.count < lanes.count {
      let toScores = scored.pass.inputGradient(output.workspace.tensor(output.shape, upstream))
      adam.step(
        &variables, gradient: toScores.adding(difference, scaledBy: 2) * slope,
        learningRate: attack.learningRate)
    }
    conclude(ended)
  }

  /// Keeps a success if it is the nearest of its image so far, whatever c it was made with.
  private mutating func keep(_ images: Tensor, _ row: Int, _ squared: Float) {
    let id = lanes[row].id
    guard squared < least[id] else { return }
    least[id] = squared
    best.copyRow(id, from: images, row: row)
  }

  /// Begins the next step of the search for lanes that are through with one, and takes out those that
  /// have made their last.
  private mutating func conclude(_ ended: [Int]) {
    for row in ended {
      lanes[row].search.conclude(succeeded: lanes[row].hasSucceeded)
      lanes[row].stagnation = Stagnation(iterations: attack.iterations)
      lanes[row].iteration = 0
      lanes[row].hasSucceeded = false
      variables.copyRow(row, from: starts, row: row)
      adam.restart(row)
    }
    let kept = lanes.indices.filter { lanes[$0].search.stepsLeft > 0 }
    guard kept.count < lanes.count else { return }
    lanes = kept.map { lanes[$0] }
    originals = originals.gathered(rows: kept)
    starts = starts.gathered(rows: kept)
    variables = variables.gathered(rows: kept)
    adam.keep(kept)
  }
}
