import Kernels
import Testing

@testable import Attacks

/// Mistakes with which the L2 attack has been published elsewhere.
///
/// Each has the label of our list of them; every test fails when its mistake is made. D6, squared
/// distances in tables, is among the tests of the stage.
@Suite struct CarliniWagnerPitfallTests {
  typealias Tests = CarliniWagnerTests

  /// All scores are below zero, so a class masked by 0 would be the largest of the others.
  @Test func D1_theOtherClassesAreMaskedByMinusInfinity() {
    let gap = ScoreGap([-10, -12, -30], Aim(label: 0))
    #expect(gap.value == 2 && gap.falling == 0 && gap.rising == 1)
    let targeted = ScoreGap([-10, -12, -30], Aim(label: 0, .targeted(2)))
    #expect(targeted.value == 20 && targeted.falling == 0 && targeted.rising == 2)
    let own = ScoreGap([-30, -12, -10], Aim(label: 0, .targeted(2)))
    #expect(own.value == -2 && own.falling == 1 && own.rising == 2)
    // The whole attack on a plane moved far below zero: the distance is what it is above.
    let w = ToyModels.uniform([30], -1...1, "plane").values
    let model = ToyModels.softmax(
      [w.map { $0 * 0.5 }, w.map { $0 * -0.5 }], bias: [-99.4, -100.6])
    let norm = Tests.plane(30, bias: 0).norm
    let x = ToyModels.uniform([6, 30], 0.35...0.65, "grey")
    let labels = model.answers(x).map(\.label)
    let found = Tests.perturb(x, labels.map { Aim(label: $0) }, model)
    for (lead, length) in zip(Tests.leads(model, x), Tests.lengths(found - x)) {
      #expect(length > 0 && length <= abs(lead) / norm * 1.05)
    }
  }

  /// Every pixel that could help is black or white: w has to come from ∓7 first, which takes a larger
  /// rate than grey pixels need.
  @Test(arguments: [0, 1] as [Float])
  func D2_blackAndWhitePixelsMove(_ value: Float) {
    let model = ToyModels.softmax([[-4, -4, -4], [4, 4, 4]], bias: [2, 0])
    let x = ToyModels.workspace.tensor([1, 3], [value, value, value])
    let variables = TanhSpace.variables(of: x)
    #expect(variables.isFinite)
    #expect(TanhSpace.images(of: variables).slope.values.allSatisfy { $0 > 0 })
    let label = model.answers(x)[0].label
    let attack = CarliniWagner(iterations: 300, learningRate: 0.1)
    let found = Tests.perturb(x, [Aim(label: label)], model, attack)
    #expect(model.answers(found)[0].label != label)
    #expect(found.values.allSatisfy { $0 != value })
  }

  @Test func D2_theShrinkIsInvisibleInPixels() {
    let x = ToyModels.workspace.tensor([1, 256], (0...255).map { Float($0) / 255 })
    let back = TanhSpace.images(of: TanhSpace.variables(of: x)).x
    #expect((back - x).largestMagnitude() < 2e-6)
  }

  /// What is decided after each c must follow from the iterates made with it, all of them.
  @Test func D3_eachConstantIsJudgedByWhetherItEverSucceeded() {
    let (model, _) = Tests.plane(30, bias: 1.2)
    let x = ToyModels.uniform([6, 30], 0.35...0.65, "grey")
    var (lastFailed, failedAfterSuccess) = (0, 0)
    for row in 0..<6 {
      let victim = RecordingVictim(model: model)
      let image = x.rows(row..<row + 1)
      let label = model.answers(image)[0].label
      _ = Tests.perturb(image, [Aim(label: label)], victim)
      let searches = Self.searches(victim.log.calls)
      #expect(searches.count == 9)
      var (constant, low, high) = (1e-3, 0.0, Double.infinity)
      for calls in searches {
        let tried = calls.map(\.sentBack).max() ?? 0
        #expect(abs(Double(tried) - constant) <= 1e-6 * constant, "\(tried) for \(constant)")
        let hits = calls.map { $0.labels[0] != label }
        if hits.contains(true) {
          if hits.last == false { lastFailed += 1 }
          high = constant
        } else {
          if high.isFinite { failedAfterSuccess += 1 }
          low = constant
        }
        constant = high.isFinite ? (low + high) / 2 : constant * 10
      }
    }
    #expect(lastFailed > 0 && failedAfterSuccess > 0, "the case must be able to show the mistake")
  }

  /// The forward passes of each c, every one of which begins at the same image.
  ///
  /// The very first pass, of the original, belongs to none.
  private static func searches(_ calls: [RecordingVictim.Call]) -> [[RecordingVictim.Call]] {
    var searches: [[RecordingVictim.Call]] = []
    for call in calls.dropFirst() {
      if call.images == calls[1].images { searches.append([]) }
      searches[searches.count - 1].append(call)
    }
    return searches
  }

  @Test func D3_theSearchGrowsTenfoldAndThenHalves() {
    var search = ConstantSearch(from: 0.5, steps: 6)
    var tried: [Double] = []
    for succeeded in [false, false, true, false, true, true] {
      tried.append(search.constant)
      search.conclude(succeeded: succeeded)
    }
    #expect(tried == [0.5, 5, 50, 27.5, 38.75, 33.125])
    #expect(search.stepsLeft == 0)
  }

  /// One image that is soon done, one that takes long, and one whose goal is out of reach.
  @Test func D4_imagesGiveUpByThemselves() {
    let rows: [[Float]] = [[0, 0, 1, 0], [0, 0, -1, 0], [0, 0, 0, 0]]
    let model = ToyModels.softmax(rows, bias: [-0.5, 0.5, -5])
    let x = ToyModels.workspace.tensor(
      [3, 4], [0.5, 0.5, 0.52, 0.5, 0.5, 0.5, 0.95, 0.5, 0.5, 0.5, 0.6, 0.2])
    let aims = [Aim(label: 0), Aim(label: 0), Aim(label: 0, .targeted(2))]
    let all = Tests.perturb(x, aims, model).values
    for row in 0..<3 {
      let alone = Tests.perturb(x.rows(row..<row + 1), [aims[row]], model).values
      let batched = Array(all[row * 4..<(row + 1) * 4])
      #expect(alone.bits == batched.bits, "image \(row)")
      #expect((batched == x.rows(row..<row + 1).values) == (row == 2), "image \(row)")
    }
    let victim = RecordingVictim(model: model)
    _ = Tests.perturb(x, aims, victim)
    let sizes = victim.log.calls.map(\.rows)
    #expect(sizes.first == 3 && sizes.last == 1, "who is done is asked nothing more")
    #expect(sizes == sizes.sorted(by: >))
  }

  @Test func D4_withoutGainASearchEndsAtTheSecondLook() {
    let model = ToyModels.softmax([[0, 0], [0, 0]], bias: [1, 0])
    let victim = RecordingVictim(model: model)
    _ = Tests.perturb(ToyModels.uniform([1, 2], "flat"), [Aim(label: 0)], victim)
    #expect(victim.log.calls.count == 1 + 9 * 31)
    var (falling, below, still) = (
      Stagnation(iterations: 50), Stagnation(iterations: 50), Stagnation(iterations: 50)
    )
    for i in 0..<50 {
      // A loss below zero that falls is no standstill.
      let gaveUp = [
        falling.notes(1 - 0.001 * Float(i)), below.notes(-1 - 0.001 * Float(i)),
        still.notes(i % 7 == 0 ? 1 : 1.5),
      ]
      #expect(gaveUp == [false, false, i > 0 && i % 5 == 0])
    }
  }

  /// κ asks for more than a wrong answer, not for less.
  @Test func D5_confidenceIsALeadOfTheWrongClass() {
    let (model, norm) = Tests.plane(30, bias: 1.2)
    let x = ToyModels.uniform([6, 30], 0.35...0.65, "grey")
    let labels = model.answers(x).map(\.label)
    let attack = CarliniWagner(confidence: 0.5, iterations: 300)
    let found = Tests.perturb(x, labels.map { Aim(label: $0) }, model, attack)
    let after = Tests.leads(model, found)
    for (i, lead) in Tests.leads(model, x).enumerated() {
      let ahead = labels[i] == 0 ? -after[i] : after[i]
      #expect(ahead >= 0.5 && ahead < 0.6, "the wrong class is ahead by \(ahead)")
      let distance = (abs(lead) + 0.5) / norm
      let length = Tests.lengths(found - x)[i]
      #expect(length >= distance * (1 - 1e-5) && length <= distance * 1.02)
    }
    let gap = ScoreGap([3, 0], Aim(label: 0))
    #expect(!gap.isClosed(confidence: 0) && !gap.isClosed(confidence: 5))
    let closed = ScoreGap([0, 3], Aim(label: 0))
    #expect(closed.isClosed(confidence: 3) && !closed.isClosed(confidence: 5))
    #expect(closed.loss(confidence: 5) == -3 && closed.loss(confidence: 2) == -2)
  }
}
