import Kernels
import Testing

@testable import Kos2017

/// Rates, λ, galleries and lines of bits on numbers that can be worked out by hand.
@Suite struct TransformationTests {
  static func one(
    _ source: Int, _ target: Int, before: Int, after: Int, distance: Float = 1
  ) -> Transformed {
    Transformed(
      image: 0, source: source, target: target, distance: distance, strangeness: 2, before: before,
      after: after)
  }

  @Test func ratesAreThoseOfThePaper() {
    let summary = TransformationSummary([
      Self.one(0, 1, before: 1, after: 1, distance: 3), Self.one(0, 1, before: 1, after: 2),
      Self.one(0, 1, before: 0, after: 0), Self.one(0, 2, before: 2, after: 1),
    ])
    #expect(summary.ignoreAfter == .proportion(hits: 3, total: 4))
    #expect(summary.targetAfter == .proportion(hits: 1, total: 4))
    #expect(summary.ignoreBefore == .proportion(hits: 3, total: 4))
    #expect(summary.targetBefore == .proportion(hits: 3, total: 4))
    #expect(summary.accuracyBefore == .proportion(hits: 1, total: 4))
    #expect(summary.distance == 1.5)
    #expect(summary.deviation(pixels: 4) == 0.75)
    // Cells 0→1 with 2/3 and 1/3, 0→2 with 1 and 0.
    let means = summary.meansOfCells
    #expect(abs((means.ignore ?? 0) - (2.0 / 3 + 1) / 2 * 100) < 1e-9)
    #expect(abs((means.target ?? 0) - (1.0 / 3) / 2 * 100) < 1e-9)
  }

  @Test func nothingAttackedIsMissingAndNoZero() {
    let summary = TransformationSummary([])
    #expect(summary.ignoreAfter == .missing && summary.distance == nil)
    #expect(summary.meansOfCells.ignore == nil)
  }

  /// Distances fall as 1/λ, so 0.25 belongs to the distance 4.
  @Test func theWeightIsSoughtBetweenThoseThatEncloseTheDistance() {
    let found = LambdaCalibration(distance: 4).run([10, 0.01, 1]) { lambda in
      [Self.one(0, 1, before: 1, after: 1, distance: Float(1 / lambda))]
    }
    #expect(found.trials.map(\.lambda) == found.trials.map(\.lambda).sorted())
    #expect(found.trials.count == 3 + LambdaCalibration.halvings)
    #expect(abs(found.lambda - 0.25) < 0.05)
    let outside = LambdaCalibration(distance: 1000).run([1, 10]) { lambda in
      [Self.one(0, 1, before: 1, after: 1, distance: Float(1 / lambda))]
    }
    #expect(outside.lambda == 1, "the nearest there is")
    #expect(outside.trials.count == 2)
  }

  @Test func levelsSpanTheCodesAndComeBackWithinHalfAStep() {
    let workspace = ToyModels.workspace
    let codes = workspace.tensor([3, 2], [-1, 0, 0.25, 5, 1, 10])
    for bits in [1, 4, 8] {
      let quantiser = CodeQuantiser(codes, bits: bits)
      let sent = quantiser.sent(codes)
      #expect(sent.allSatisfy { $0 < 1 << bits })
      #expect(sent[0] == 0 && sent[4] == 1 << bits - 1)
      let back = quantiser.received(sent, in: workspace).values
      let steps = [2, 10].map { $0 / Float(1 << bits - 1) }
      for (i, value) in back.enumerated() {
        #expect(abs(value - codes.values[i]) <= steps[i % 2] / 2 + 1e-5)
      }
      let beyond = quantiser.sent(workspace.tensor([1, 2], [-9, 99]))
      #expect(beyond == [0, 1 << bits - 1])
    }
  }
}
