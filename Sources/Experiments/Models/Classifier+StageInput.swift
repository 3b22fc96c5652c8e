import Kernels

extension StageInput {
  /// The classifier of a training stage.
  public func classifier(in workspace: Workspace) throws(StageFailure) -> Classifier {
    try Classifier(tensors("weights"), in: workspace)
  }
}
