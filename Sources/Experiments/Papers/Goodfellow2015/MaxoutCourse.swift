/// How long a maxout network was trained on what, which decides what its numbers compare with.
struct MaxoutCourse: Hashable, Sendable {
  /// Epochs of stage 1.
  let epochs: Int
  /// The epoch of stage 1 with the lowest validation error.
  let bestEpoch: Int
  /// Training images of stage 1.
  let images: Int
  /// Validation images, which join the others in stage 2.
  let heldOut: Int
  /// Epochs of stage 2, 0 without it.
  var furtherEpochs = 0
  /// Whether the loss on the validation images came down to its goal in stage 2.
  var reachedGoal = false

  /// Whether early stopping, and not a bound on the epochs, ended stage 1.
  func hasSettled(patience: Int) -> Bool { epochs - bestEpoch >= patience }

  /// In words, such as `343 epochs on 50000 images and 12 on 60000`.
  var text: String {
    "\(epochs) epochs on \(images) images"
      + (furtherEpochs > 0 ? " and \(furtherEpochs) on \(images + heldOut)" : "")
  }
}
