import Kernels

/// Shallow softmax regression: one affine map, a logit a class.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// The paper states neither initialisation nor optimiser. Weights start at zero: the loss is convex
/// and the start is forgotten.
package enum SoftmaxRegression {
  /// The model before its training.
  package static func start(inputs: Int, classes: [Int], in workspace: Workspace) -> Classifier {
    .affine(inputs: inputs, outputs: classes.count, head: .softmax, classes, workspace)
  }
}

/// Logistic regression of two classes, P(second class | x) = σ(wᵀx + b).
///
/// Goodfellow, Shlens & Szegedy 2014, §5. Weights start at zero, as above.
package enum LogisticRegression {
  /// The model before its training.
  package static func start(inputs: Int, classes: [Int], in workspace: Workspace) -> Classifier {
    .affine(inputs: inputs, outputs: 1, head: .sigmoid, classes, workspace)
  }
}

extension Classifier {
  fileprivate static func affine(
    inputs: Int, outputs: Int, head: Head, _ classes: [Int], _ workspace: Workspace
  ) -> Classifier {
    let architecture = Architecture([Dense(inputs: inputs, outputs: outputs)])
    return Classifier(
      architecture: architecture,
      weights: architecture.network.weightShapes.map { workspace.tensor($0) },
      head: head, classes: classes)
  }
}
