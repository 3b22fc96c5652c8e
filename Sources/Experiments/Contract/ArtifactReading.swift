import Kernels

extension StageInput {
  /// The stage's name in the spec, without its replicate.
  public var name: String { stage.split(separator: "@").first.map(String.init) ?? stage }

  /// Which replicate this is, from 1.
  public var replicate: Int {
    stage.split(separator: "@").dropFirst().first.flatMap { Int($0) } ?? 1
  }

  /// The arrays of that name.
  public func tensors(_ name: String) throws(StageFailure) -> TensorBundle {
    guard case .tensors(let bundle)? = output.artifacts[name] else {
      throw StageFailure(.data, "‘\(stage)’ has no arrays named ‘\(name)’")
    }
    return bundle
  }

  /// The data set of a data-set stage.
  public func digits() throws(StageFailure) -> DigitImages { try DigitImages(tensors("digits")) }

  /// The classifier of a training stage.
  public func classifier(in workspace: Workspace) throws(StageFailure) -> Classifier {
    try Classifier(tensors("weights"), in: workspace)
  }
}
