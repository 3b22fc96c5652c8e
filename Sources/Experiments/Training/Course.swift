/// How long a network was trained on what, and whether that was the whole of it.
package struct Course: Hashable, Sendable {
  /// What followed the first stage, on training and validation images together.
  package enum Sequel: Hashable, Sendable {
    /// Nothing.
    case none
    /// The same weights went on for so many epochs; whether the loss on the validation images came
    /// down to its goal.
    case continued(epochs: Int, reachedGoal: Bool)
    /// Fresh weights were trained for as many epochs as the first stage took to its best.
    case retrained
  }

  /// Epochs of the first stage.
  package let epochs: Int
  /// The epoch of the first stage whose weights were kept.
  package let bestEpoch: Int
  /// Images of the first stage.
  package let images: Int
  /// Validation images, which join the others in a second stage.
  package let heldOut: Int
  /// Whether its own rule, and not a bound on the epochs, ended the first stage.
  package let hasSettled: Bool
  /// What followed.
  package var sequel = Sequel.none

  /// A course of one stage.
  package init(epochs: Int, bestEpoch: Int, images: Int, heldOut: Int, hasSettled: Bool) {
    self.epochs = epochs
    self.bestEpoch = bestEpoch
    self.images = images
    self.heldOut = heldOut
    self.hasSettled = hasSettled
  }

  /// Whether each stage ended by its own rule.
  package var isComplete: Bool {
    guard hasSettled else { return false }
    switch sequel {
    case .none, .retrained: return true
    case .continued(_, let reachedGoal): return reachedGoal
    }
  }

  /// The word for a course that is complete, as a run-time fact of a training stage.
  package static let complete = "complete"

  /// What a claim is told of it: `complete`, or how far it came.
  package var fact: String { isComplete ? Self.complete : text }

  /// In words, such as `343 epochs on 50000 images and 12 on 60000`.
  package var text: String {
    let first = "\(epochs) epochs on \(images) images"
    switch sequel {
    case .none: return first
    case .continued(let further, _): return "\(first) and \(further) on \(images + heldOut)"
    case .retrained: return "\(first), then \(bestEpoch) anew on \(images + heldOut)"
    }
  }
}
