import Testing

@testable import Measures
@testable import Models

@Suite struct EvaluationTests {
  private static func evaluation(_ rows: [(truth: Int, named: Int, confidence: Float)])
    -> Evaluation
  {
    Evaluation(
      labels: rows.map(\.truth),
      answers: rows.map { Classifier.Answer(label: $0.named, confidence: $0.confidence) })
  }

  @Test func confidenceIsAveragedOverTheMistakesAlone() throws {
    let result = Self.evaluation([(0, 0, 1), (1, 2, 0.5), (2, 2, 0.875), (3, 0, 0.75)])
    #expect(result.errors == 2 && result.count == 4)
    #expect(result.confidenceOnMistakes == 62.5)
    #expect(result.confidence == 78.125)
  }

  @Test func withoutMistakesThereIsNoConfidenceOnThem() {
    let result = Self.evaluation([(0, 0, 1), (1, 1, 0.5)])
    #expect(result.errors == 0)
    #expect(result.confidenceOnMistakes == nil)
    #expect(result.confidence == 75)
  }

  @Test func ofNothingNothingIsKnown() {
    let result = Self.evaluation([])
    #expect(result.count == 0 && result.errors == 0)
    #expect(result.confidence == nil && result.confidenceOnMistakes == nil)
  }
}
