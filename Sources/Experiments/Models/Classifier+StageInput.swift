import Contract
import Datasets
import Kernels

extension StageInput {
  /// The classifier of a training stage.
  package func classifier(in workspace: Workspace) throws(StageFailure) -> Classifier {
    try Classifier(tensors("weights"), in: workspace)
  }

  /// How the classifier wants its images: whitened, if its weights came with a whitening.
  package func encoding(in workspace: Workspace) throws(StageFailure) -> any Encoding {
    guard let whitening = try tensors("weights").part(Whitening.partName) else {
      return UnitRange()
    }
    return Whitened(try Whitening(whitening, in: workspace))
  }
}

extension Whitening {
  /// The name under which a whitening goes along with weights.
  static let partName = "whitening"
}

extension Classifier {
  /// The weights, with the whitening that their images need.
  package func bundle(with whitening: Whitening) -> TensorBundle {
    let part = TensorBundle(parts: [Whitening.partName: whitening.bundle])
    return TensorBundle(
      bundle.arrays.merging(part.arrays) { $1 },
      metadata: bundle.metadata.merging(part.metadata) { $1 })
  }
}
