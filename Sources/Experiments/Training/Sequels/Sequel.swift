import Contract

/// What follows the first stage of a training, as the spec names it.
package protocol Sequel: Piece {
  /// Why it cannot follow a training that is watched like this; nil if it can.
  func objection(toWatches watches: [Watch.Subject]) -> String?
  /// The networks by each watch of the first stage, after what follows.
  func follow(_ first: FirstStage) throws(StageFailure) -> [FirstStage.Trained]
}
