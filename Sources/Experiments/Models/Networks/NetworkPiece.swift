import Contract
import Datasets
import Kernels

/// A network as the spec names it, before it knows the images that it will be trained on.
package protocol NetworkPiece: Piece {
  /// What captions call it, such as `the maxout network`.
  var title: String { get }
  /// How its logits become probabilities.
  var head: Classifier.Head { get }
  /// The classes it tells apart; nil for all that the images show.
  var chosenClasses: [Int]? { get }
  /// Whether a training step keeps many cores busy.
  var keepsCoresBusy: Bool { get }
  /// What of it its paper leaves open, and how it is read here.
  var readings: [Deviation] { get }
  /// The steps of the network up to the output of a hidden layer, counted from 1; nil where there is
  /// no such layer to be perturbed.
  func steps(upToHiddenLayer layer: Int) -> Int?
  /// The network at the start of its training on these images; refuses those that it cannot take.
  func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) throws(StageFailure) -> Classifier
}
