import Kernels

/// How the bytes of images become the numbers that a network sees, and an attack moves.
public protocol Encoding: Sendable {
  /// Some images, one a row: `[rows.count, pixels]`.
  func encode(_ images: LabelledImages, rows: [Int], in workspace: Workspace) -> Tensor
}

/// Pixels from 0, black, to 1, white.
public struct UnitRange: Encoding {
  /// The only one there is.
  public init() {}

  /// Each byte divided by 255.
  public func encode(_ images: LabelledImages, rows: [Int], in workspace: Workspace) -> Tensor {
    gatherPixels(images.images, rowLength: images.pixelsPerImage, rows: rows, in: workspace)
  }
}
