import Kernels

/// Images after contrast normalisation and whitening: what networks for CIFAR-10 see.
///
/// An attack in front of such a network moves whitened numbers, so its ε is in their units.
public struct Whitened: Encoding {
  /// The whitening, fitted on training images.
  public let whitening: Whitening

  /// An encoding by a fitted whitening.
  public init(_ whitening: Whitening) { self.whitening = whitening }

  /// Each image normalised and whitened.
  public func encode(_ images: LabelledImages, rows: [Int], in workspace: Workspace) -> Tensor {
    whitening.apply(images, rows: rows, in: workspace)
  }
}
