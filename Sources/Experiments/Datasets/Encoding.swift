import Kernels

/// How the bytes of images become the numbers that a network sees, and an attack moves.
package protocol Encoding: Sendable {
  /// Some images, one a row: `[rows.count, pixels]`.
  func encode(_ images: LabelledImages, rows: [Int], in workspace: Workspace) -> Tensor
}

/// Pixels from 0, black, to 1, white.
package struct UnitRange: Encoding {
  /// The only one there is.
  package init() {}

  /// Each byte divided by 255.
  package func encode(_ images: LabelledImages, rows: [Int], in workspace: Workspace) -> Tensor {
    gatherPixels(images.images, rowLength: images.pixelsPerImage, rows: rows, in: workspace)
  }
}
