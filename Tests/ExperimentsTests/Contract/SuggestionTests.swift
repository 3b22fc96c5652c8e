import Testing

@testable import Contract

@Suite struct SuggestionTests {
  static let words = ["maxout", "softmax", "sweep", "logistic", "table"]

  @Test(arguments: [
    ("maxuot", "maxout"), ("MAXOUT", "maxout"), ("softmx", "softmax"), ("sweeps", "sweep"),
    ("logstc", "logistic"), ("swep", "sweep"), ("swepe", "sweep"), ("tabel", "table"),
  ])
  func aSlipOfTheFingersIsUnderstood(_ word: String, _ meant: String) {
    #expect(nearest(to: word, in: Self.words) == meant)
  }

  @Test(arguments: ["", "fgsm", "max", "logarithm"])
  func anotherWordIsNotGuessedAt(_ word: String) {
    #expect(nearest(to: word, in: Self.words) == nil)
  }

  @Test func ofEquallyNearWordsTheFirstInTheAlphabetIsMeant() {
    #expect(nearest(to: "stage-3", in: ["stage-2", "stage-1"]) == "stage-1")
    #expect(nearest(to: "b", in: ["a"]) == "a")
    #expect(nearest(to: "anything", in: []) == nil)
  }
}
