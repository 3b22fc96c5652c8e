import Kernels
import Testing

@testable import Attacks
@testable import Contract
@testable import Measures
@testable import Models
@testable import Papernot2016

/// Mistakes with which the saliency map attack has been published elsewhere, each under the label it
/// has in our list of them; every test fails when its mistake is made.
@Suite struct JSMAPitfallTests {
  static let workspace = ToyModels.workspace

  /// Runs one image to a class and says how it ended.
  static func end(
    _ pixels: [Float], to target: Int, _ model: Classifier, _ attack: JSMA
  ) -> (pixels: [Float], steps: Int, reason: SaliencyRun<Classifier>.Reason)? {
    var jobs = [
      SaliencyRun<Classifier>.Job(
        id: 0, aim: Aim(label: -1, .targeted(target)), pixels: pixels)
    ]
    var result: (pixels: [Float], steps: Int, reason: SaliencyRun<Classifier>.Reason)?
    var run = SaliencyRun(attack, against: model, width: pixels.count, in: workspace)
    run.drain {
      jobs.popLast()
    } finished: {
      result = ($0.pixels, $0.steps, $0.reason)
    }
    return result
  }

  /// The two largest derivatives of the target are the wrong pixels: they raise the others more.
  @Test func A1_pairsAndBothSigns() {
    let model = ToyModels.softmax([[8, 8, -1, -1], [5, 4, 1, 1]], bias: [100, 0])
    let end = Self.end([0, 0, 0, 0], to: 1, model, JSMA(pixels: 2))
    #expect(end?.pixels == [0, 0, 1, 1])
  }

  @Test func A2_stopsWhereNothingIsAdmissible() {
    // No pixel has any influence; then one class's gain is always the others' gain.
    for rows: [[Float]] in [[[0, 0, 0], [0, 0, 0]], [[1, 2, 3], [1, 2, 3]]] {
      let model = ToyModels.softmax(rows, bias: [1, 0])
      let end = Self.end([0.5, 0.5, 0.5], to: 1, model, JSMA(pixels: 2))
      #expect(end?.reason == .stuck && end?.steps == 0)
      #expect(end?.pixels == [0.5, 0.5, 0.5], "the first pixel is picked by an argmax of zeros")
    }
  }

  @Test func A3_decreasingMakesPixelsDarkerAndStaysInRange() throws {
    let model = try ToyDigits.softmax.get().classifier()
    let images = ToyDigits.parts.test
    var moved = 0
    for i in 0..<10 {
      let before = images.pixels(i..<i + 1)
      let target = (Int(images.labels[i]) + 3) % 10
      let end = try #require(
        Self.end(before, to: target, model, JSMA(upsilon: 14.5, of: 784, direction: .decrease)))
      for (a, b) in zip(before, end.pixels) where a != b {
        #expect(b == 0 && a > 0)
        moved += 1
      }
    }
    #expect(moved > 0)
  }

  @Test func A4_theBudgetHolds() {
    let model = ToyModels.softmax(
      [[Float](repeating: -1, count: 40), [Float](repeating: 1, count: 40)], bias: [1000, 0])
    for pixels in [0, 2, 6, 7, 40] {
      let attack = JSMA(pixels: pixels)
      let end = Self.end([Float](repeating: 0, count: 40), to: 1, model, attack)
      #expect(end?.steps == pixels / 2)
      #expect(end?.pixels.count { $0 != 0 } == pixels / 2 * 2)
      #expect(end?.reason == .spent || pixels == 40)
    }
    // What was changed once is never changed again, so nothing is left before this budget is.
    let end = Self.end([Float](repeating: 0, count: 40), to: 1, model, JSMA(pixels: 60))
    #expect(end?.reason == .stuck && end?.steps == 20)
  }

  /// The best pair is white already.
  @Test func A5_saturatedPixelsAreNoWaste() {
    let model = ToyModels.softmax([[-9, -9, -1, -1], [9, 9, 1, 1]], bias: [100, 0])
    let image: [Float] = [1, 1, 0, 0]
    #expect(Self.end(image, to: 1, model, JSMA(pixels: 2))?.pixels == [1, 1, 1, 1])
    // As a choice of its own, for comparison: the budget goes into what cannot move.
    #expect(Self.end(image, to: 1, model, JSMA(pixels: 2, domain: .all))?.pixels == image)
    // An image that is white throughout has nothing to search.
    let white = Self.end([1, 1, 1, 1], to: 1, model, JSMA(pixels: 2))
    #expect(white?.reason == .stuck && white?.steps == 0)
  }

  /// The probabilities are 0 and 1 to the last bit and have no derivative; the logits have.
  @Test func A6_logitsAndNotProbabilities() {
    let model = ToyModels.softmax([[-150, -150, 0], [150, 150, 0]], bias: [200, 0])
    let x = Self.workspace.tensor([1, 3], [0, 0, 0])
    #expect(softmax(model.logits(x)).values == [1, 0], "the case must be saturated")
    let end = Self.end([0, 0, 0], to: 1, model, JSMA(pixels: 2))
    #expect(end?.reason == .reached && end?.pixels == [1, 1, 0])
  }

  @Test func A7_everyClassButTheOwnIsATarget() throws {
    let model = try ToyDigits.softmax.get().classifier()
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let context = StageContext(
      name: "a7", seed: Seed(1, stage: "a7"), workspace: Self.workspace)
    let crafted = try Crafting(JSMA(pixels: 4), model, test, context).run(first: 12)
    let expected = (0..<12).flatMap { i in
      (0..<10).filter { $0 != test.labels[i] }.map { [test.labels[i], $0] }
    }
    #expect(crafted.map { [$0.source, $0.target] } == expected)
  }

  @Test func aModelThatOverflowsIsAFailureAndNotRobust() throws {
    let rows = (0..<10).map { k in [Float](repeating: k == 0 ? .infinity : 1, count: 784) }
    let model = ToyModels.softmax(rows, bias: [Float](repeating: 0, count: 10))
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let context = StageContext(name: "o", seed: Seed(1, stage: "o"), workspace: Self.workspace)
    let failure = #expect(throws: StageFailure.self) {
      try Crafting(JSMA(pixels: 4), model, test, context).run(first: 3)
    }
    #expect(failure?.blame == .computation)
  }

  @Test func A8_pairsArePixelsByTwo() {
    let pair = JSMA(upsilon: 14.5, of: 784)
    #expect(pair.steps == 56 && pair.budget.pixels == 112)
    let single = JSMA(upsilon: 14.5, of: 784, map: .single)
    #expect(single.steps == 113 && single.budget.pixels == 113)
    let one = Crafted(
      source: 0, target: 1, steps: 28, changed: 56, isSuccess: true, isStuck: false, wasRight: true)
    #expect(CraftingSummary([one], pixels: 784).distortion == 56.0 / 784 * 100)
  }

  /// Many images take no more memory than a few, and each ends as it would alone.
  @Test func A9_memoryDoesNotGrowWithTheImages() throws {
    let model = try ToyDigits.softmax.get().classifier()
    let test = Evaluator(ToyDigits.parts.test, for: model.classes, in: Self.workspace)
    let attack = JSMA(upsilon: 3, of: 784)
    func run(_ count: Int, _ capacity: Int) -> (ends: [[Float]], bytes: Int) {
      let workspace = Workspace(threads: 1)
      guard let own = try? ToyAttack.model("softmax", in: workspace) else { return ([], 0) }
      var ends = [[Float]](repeating: [], count: count)
      var next = 0
      var run = SaliencyRun(attack, against: own, width: 784, in: workspace, capacity: capacity)
      run.drain {
        guard next < count else { return nil }
        defer { next += 1 }
        let image = next % test.images.count
        return SaliencyRun.Job(
          id: next, aim: Aim(label: -1, .targeted((test.labels[image] + 1 + next / 200) % 10)),
          pixels: test.images.pixels(image..<image + 1))
      } finished: {
        ends[$0.id] = $0.pixels
      }
      return (ends, workspace.freshBytes)
    }
    let (few, many) = (run(60, 16), run(600, 16))
    // Batches of other sizes, as the last images leave, may take a buffer more.
    #expect(many.bytes < few.bytes * 11 / 10, "\(many.bytes) bytes for ten times the images")
    #expect(many.ends.allSatisfy { !$0.isEmpty })
    // F5: nobody's batch mates matter.
    #expect(run(60, 1).ends == few.ends && run(60, 256).ends == few.ends)
    #expect(Array(many.ends[..<60]) == few.ends)
  }

  @Test func alreadyTheTargetMeansNoStep() {
    let model = ToyModels.softmax([[0, 0], [1, 1]], bias: [0, 5])
    let end = Self.end([0.5, 0.5], to: 1, model, JSMA(pixels: 2))
    #expect(end?.reason == .reached && end?.steps == 0 && end?.pixels == [0.5, 0.5])
  }
}

@Suite struct PixelBudgetTests {
  @Test func theLargestChangesStay() {
    let center = ToyModels.workspace.tensor([2, 4], [0, 0, 0, 0, 0.5, 0.5, 0.5, 0.5])
    let x = ToyModels.workspace.tensor([2, 4], [0.5, 1.5, 0.25, 0.5, 0.5, 0.25, 0.75, 0.5])
    let allowed = PixelBudget(pixels: 2).project(x, around: center)
    #expect(allowed.values == [0.5, 1, 0, 0, 0.5, 0.25, 0.75, 0.5])
  }
}
