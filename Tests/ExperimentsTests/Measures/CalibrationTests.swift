import Foundation
import Kernels
import Testing

@testable import Measures

@Suite struct CalibrationTests {
  /// Images of two classes, each named with some confidence, rightly or not.
  static func scores(_ images: [(confidence: Double, isRight: Bool)]) throws -> PredictiveScores {
    let logs = images.flatMap { [Float(log($0.confidence)), Float(log(1 - $0.confidence))] }
    return try PredictiveScores(
      ToyModels.workspace.tensor([images.count, 2], logs),
      labels: images.map { $0.isRight ? 0 : 1 })
  }

  @Test func binsWorkedByHand() throws {
    let calibration = Calibration(
      try Self.scores([(0.62, true), (0.66, false), (0.91, true), (0.95, true), (0.99, false)]))
    #expect(calibration.bins.map(\.count) == [0, 0, 0, 0, 0, 0, 2, 0, 0, 3])
    #expect(calibration.bins.map(\.hits) == [0, 0, 0, 0, 0, 0, 1, 0, 0, 2])
    #expect(calibration.bins[0].confidence == nil && calibration.bins[0].accuracy == nil)
    let middle = calibration.bins[6]
    #expect(abs((middle.confidence ?? 0) - 0.64) < 1e-6 && middle.accuracy == 0.5)
    // 2/5 · |0.5 − 0.64| + 3/5 · |2/3 − 0.95|
    let expected = 0.4 * 0.14 + 0.6 * (0.95 - 2.0 / 3)
    #expect(abs((calibration.expectedError ?? 0) - expected) < 1e-6)
  }

  @Test func asOftenRightAsConfidentIsPerfect() throws {
    let images = (0..<4).map { (confidence: 0.75, isRight: $0 < 3) }
    let calibration = Calibration(try Self.scores(images))
    #expect((calibration.expectedError ?? 1) < 1e-6 && calibration.bins[7].count == 4)
  }

  @Test func certaintyIsInTheLastBin() throws {
    let logs = ToyModels.workspace.tensor([1, 2], [0, -200])
    let calibration = Calibration(try PredictiveScores(logs, labels: [1]))
    #expect(calibration.bins[9].count == 1 && calibration.expectedError == 1)
  }

  @Test func ofNoImagesNothingIsKnown() {
    #expect(Calibration(PredictiveScores()).expectedError == nil)
    #expect(RejectionCurve(PredictiveScores()).points.isEmpty)
    #expect(RejectionCurve(PredictiveScores()).point(at: 90) == nil)
  }

  @Test func theMostConfidentAreKept() throws {
    let curve = RejectionCurve(
      try Self.scores([(0.6, false), (0.9, true), (0.8, true), (0.7, false), (0.95, true)]))
    #expect(curve.points.map(\.share) == Array(stride(from: 10, through: 100, by: 10)))
    #expect(curve.points.map(\.kept) == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5])
    #expect(curve.points.map(\.hits) == [1, 1, 2, 2, 3, 3, 3, 3, 3, 3])
    #expect(curve.point(at: 80)?.accuracy == 75)
  }

  @Test func equalsAreRankedByTheirPlace() throws {
    let images = (0..<10).map { (confidence: 0.75, isRight: $0 < 5) }
    let curve = RejectionCurve(try Self.scores(images))
    #expect(curve.points.map(\.hits) == [1, 2, 3, 4, 5, 5, 5, 5, 5, 5])
    let reversed = RejectionCurve(try Self.scores(images.reversed()))
    #expect(reversed.points.map(\.hits) == [0, 0, 0, 0, 0, 1, 2, 3, 4, 5])
  }
}
