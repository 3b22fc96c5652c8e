import Foundation

/// One number or matrix that a paper prints, with everything needed to compare ours to it.
struct PublishedClaim: Hashable, Sendable {
  /// A condition under which the paper's number was made.
  struct Requirement: Hashable, Sendable {
    /// The name a stage uses among its conditions.
    let key: String
    /// The paper's value.
    let value: String
  }

  /// The name of the claim, such as `goodfellow2015.softmax.fgsm_0.25.error_rate`.
  let id: String
  /// The paper, such as `goodfellow2015`.
  let paper: String
  /// The year of the paper.
  let year: Int
  /// Where in the paper the number stands.
  let locator: String
  /// What it was measured on.
  let dataset: String
  /// What was attacked.
  let model: String
  /// The attack, `none` for clean inputs.
  let attack: String
  /// The attack's constants and other circumstances.
  let setting: String
  /// What was measured, such as `error_rate`.
  let metric: String
  /// What is printed.
  let value: PublishedValue
  /// Its unit; a matrix's is that of every cell.
  let unit: ClaimUnit
  /// Which way is good for the model.
  let direction: Direction
  /// How the number became known.
  let confidence: SourceConfidence
  /// What sort of quantity it is.
  let kind: MetricKind
  /// A tolerance of its own, in the claim's unit; nil follows the rule of its kind.
  let tolerance: Double?
  /// What must hold for the paper's point to stand.
  let check: Check?
  /// What the paper's number was made under.
  let requirements: [Requirement]
  /// Anything else a reader should know.
  let note: String

  /// The part of the paper in which the number stands: `Sec. 5` of `Sec. 5, Fig. 2 caption (c)`.
  var section: String { locator.components(separatedBy: ", ")[0] }

  /// The id without the paper's name, for places where the paper is known.
  var shortID: String { String(id.dropFirst(paper.count + 1)) }

  /// Whether the value was taken from somebody's notes rather than from the paper.
  var isSecondHand: Bool { note.contains("SECOND-HAND") }

  /// Why the claim is shown and never judged; nil if it is judged.
  var ungatedBecause: String? {
    if confidence == .memory { return "the published value is from memory" }
    return kind == .demonstration ? "a single demonstration" : nil
  }
}
