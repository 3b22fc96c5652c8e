import Contract
import Measures

/// How often two models name the same class on the same images.
struct Agreement: Hashable, Sendable {
  /// Images on which the class is the same, and all that were asked about.
  struct Share: Hashable, Sendable {
    var hits = 0
    var total = 0

    fileprivate mutating func count(_ isSame: Bool) {
      total += 1
      if isSame { hits += 1 }
    }

    /// The share, or missing where there was nothing to agree on.
    var cell: Table.Cell { total > 0 ? .proportion(hits: hits, total: total) : .missing }
  }

  /// Over the images that the source of the attack gets wrong.
  private(set) var onSourceMistakes = Share()
  /// Over those of them that both models get wrong.
  private(set) var bothWrong = Share()

  /// Compares two models on images made against a third, or against one of the two.
  init(of one: Evaluation, with other: Evaluation, onMistakesOf source: Evaluation) {
    for i in 0..<source.count where source.answers[i].label != source.labels[i] {
      let (a, b, truth) = (one.answers[i].label, other.answers[i].label, source.labels[i])
      onSourceMistakes.count(a == b)
      if a != truth && b != truth { bothWrong.count(a == b) }
    }
  }
}
