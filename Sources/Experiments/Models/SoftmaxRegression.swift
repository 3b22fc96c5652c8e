import Kernels

/// Shallow softmax regression: one affine map, ten logits.
///
/// Goodfellow, Shlens & Szegedy 2014, §4.
///
/// The paper states neither initialisation nor optimiser. Weights start at zero: the loss is convex
/// and the start is forgotten.
public enum SoftmaxRegression {
  /// The architecture for images of that many pixels.
  public static func architecture(pixels: Int, classes: Int) -> Architecture {
    Architecture([.dense(inputs: pixels, outputs: classes)])
  }

  /// Weights before training.
  public static func initialWeights(_ architecture: Architecture, in workspace: Workspace)
    -> [Tensor]
  {
    architecture.network.weightShapes.map { workspace.tensor($0) }
  }
}
