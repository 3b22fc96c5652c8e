import Contract
import Datasets
import Kernels

/// Shallow softmax regression: one affine map, a logit a class.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// The paper states neither initialisation nor optimiser. Weights start at zero: the loss is convex
/// and the start is forgotten.
package struct SoftmaxRegression: NetworkPiece {
  /// The word that names it in the spec.
  package static let kind = "softmax-regression"
  /// What it is.
  package static let summary =
    "one affine map and a softmax (Goodfellow, Shlens & Szegedy 2014, §4)"

  /// What captions call it.
  package var title: String { "softmax regression" }
  /// One logit a class, normalised together.
  package var head: Classifier.Head { .softmax }
  /// All classes.
  package var chosenClasses: [Int]? { nil }
  /// One layer does not.
  package var keepsCoresBusy: Bool { false }
  /// Its recipe.
  package var readings: [Deviation] {
    [
      Deviation(
        "softmax regression: optimiser and stopping rule are ours",
        because:
          "the paper does not state them; the error under attack hardly depends on them, the"
          + " confidence grows with the length of training")
    ]
  }

  /// Softmax regression.
  package init() {}

  /// Takes no options.
  package init(options: inout OptionReader) throws(OptionError) {}

  /// It has no hidden layer.
  package func steps(upToHiddenLayer layer: Int) -> Int? { nil }

  /// All weights zero.
  package func start(
    on images: LabelledImages, classes: [Int], seed: Seed, in workspace: Workspace
  ) -> Classifier {
    .affineStart(
      inputs: images.pixelsPerImage, outputs: classes.count, head: head, classes, workspace)
  }
}

extension Classifier {
  /// One affine map, its weights zero.
  static func affineStart(
    inputs: Int, outputs: Int, head: Head, _ classes: [Int], _ workspace: Workspace
  ) -> Classifier {
    let architecture = Architecture([Dense(inputs: inputs, outputs: outputs)])
    return Classifier(
      architecture: architecture,
      weights: architecture.network.weightShapes.map { workspace.tensor($0) },
      head: head, classes: classes)
  }
}
