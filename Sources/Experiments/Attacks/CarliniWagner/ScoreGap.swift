/// By how much the scores of an image miss what an attacker wants; below 0 where they give it.
///
/// Carlini & Wagner 2017, §V.A, f₆ on logits: Zₗ − maxₖ≠ₗ Zₖ for an image of class l that shall be
/// taken for any other, maxₖ≠ₜ Zₖ − Zₜ for one that shall be taken for t.
package struct ScoreGap: Hashable {
  /// The class whose score has to fall.
  let falling: Int
  /// The class whose score has to rise.
  let rising: Int
  /// The first score minus the second.
  package let value: Float

  /// The gap of one row of scores.
  ///
  /// The class that is left out of the maximum counts as −∞: scores may all be negative, so 0 would
  /// not do.
  package init(_ scores: ArraySlice<Float>, _ aim: Aim) {
    let own = aim.target ?? aim.label
    precondition(
      scores.count > 1 && scores.indices.contains(scores.startIndex + own),
      "class \(own) has no rival among \(scores.count) scores")
    var (other, largest) = (own == 0 ? 1 : 0, -Float.infinity)
    for (k, score) in scores.enumerated() where k != own && score > largest {
      (other, largest) = (k, score)
    }
    (falling, rising) = aim.target == nil ? (own, other) : (other, own)
    value = scores[scores.startIndex + falling] - scores[scores.startIndex + rising]
  }

  /// Whether the class that rises is ahead by κ at least.
  func isClosed(confidence: Float) -> Bool { value <= -confidence }

  /// max(gap, −κ): what is minimised, so that nothing is gained beyond κ.
  package func loss(confidence: Float) -> Float { max(value, -confidence) }
}
