/// How long a maxout network was trained on what, which decides what its numbers compare with.
struct MaxoutCourse: Hashable, Sendable {
  /// What follows the first stage, on training and validation images together.
  enum Sequel: Hashable, Sendable {
    /// Nothing.
    case none
    /// The same weights went on for so many epochs; whether the loss on the validation images came
    /// down to its goal.
    case continued(epochs: Int, reachedGoal: Bool)
    /// Fresh weights were trained for as many epochs as the first stage took to its best.
    case retrained
  }

  /// Epochs of stage 1.
  let epochs: Int
  /// The epoch of stage 1 with the lowest watched error.
  let bestEpoch: Int
  /// Training images of stage 1.
  let images: Int
  /// Validation images, which join the others in stage 2.
  let heldOut: Int
  var sequel = Sequel.none

  /// Whether early stopping, and not a bound on the epochs, ended stage 1.
  func hasSettled(patience: Int) -> Bool { epochs - bestEpoch >= patience }

  /// Whether each stage ended by its own rule, on the images of the published recipe.
  func isComplete(patience: Int) -> Bool {
    guard hasSettled(patience: patience), images == 50_000, heldOut == 10_000 else { return false }
    switch sequel {
    case .none: return false
    case .continued(_, let reachedGoal): return reachedGoal
    case .retrained: return true
    }
  }

  /// In words, such as `343 epochs on 50000 images and 12 on 60000`.
  var text: String {
    let first = "\(epochs) epochs on \(images) images"
    switch sequel {
    case .none: return first
    case .continued(let further, _): return "\(first) and \(further) on \(images + heldOut)"
    case .retrained: return "\(first), then \(bestEpoch) anew on \(images + heldOut)"
    }
  }
}
