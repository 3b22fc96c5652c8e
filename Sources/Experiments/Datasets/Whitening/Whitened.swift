import Kernels

/// Images after contrast normalisation and whitening: what networks for CIFAR-10 see.
///
/// An attack in front of such a network moves whitened numbers, so its ε is in their units.
package struct Whitened: Encoding {
  /// The whitening, fitted on training images.
  package let whitening: Whitening

  /// An encoding by a fitted whitening.
  package init(_ whitening: Whitening) { self.whitening = whitening }

  /// Each image normalised and whitened.
  package func encode(_ images: LabelledImages, rows: [Int], in workspace: Workspace) -> Tensor {
    whitening.apply(images, rows: rows, in: workspace)
  }
}
