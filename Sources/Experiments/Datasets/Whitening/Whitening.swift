import Kernels

/// Contrast normalisation followed by ZCA whitening: x ↦ (x − mean)·W.
///
/// W = (C + bias·I)⁻¹ᐟ² with C the covariance of the normalised training images (zero-phase component
/// analysis: A. J. Bell, T. J. Sejnowski: The "independent components" of natural scenes are edge
/// filters, Vision Research 37, 1997). Pixels of what comes out are nearly uncorrelated, in units of
/// their own: an ε in this space is none in pixel units. A row depends on its image alone.
package struct Whitening: Sendable {
  /// Images computed at a time; no number depends on it but the rounding of the covariance.
  package static let block = 2000

  /// The Euclidean norm of a normalised image.
  package let norm: Double
  /// What is added to the variance in every direction before its root is taken.
  package let bias: Double
  /// The mean of the normalised training images, a number a pixel.
  package let mean: [Float]
  /// W, symmetric: `[pixels, pixels]`.
  package let matrix: Tensor

  private var normalisation: ContrastNormalisation { ContrastNormalisation(norm: norm) }

  /// A whitening whose numbers are known.
  package init(norm: Double, bias: Double, mean: [Float], matrix: Tensor) {
    precondition(
      matrix.shape == [mean.count, mean.count],
      "a mean of \(mean.count) pixels does not go with a matrix of shape \(matrix.shape)")
    self.norm = norm
    self.bias = bias
    self.mean = mean
    self.matrix = matrix
  }

  /// Some images, normalised and whitened: `[rows.count, pixels]`, each image channel by channel.
  package func apply(
    _ images: LabelledImages, rows: some RandomAccessCollection<Int>, in workspace: Workspace
  ) -> Tensor {
    requireFit(images)
    guard rows.count > Self.block else {
      return matmul(normalisation.apply(images, rows: rows, minus: mean, in: workspace), matrix)
    }
    var result = workspace.tensor([rows.count, mean.count])
    let rows = Array(rows)
    for start in stride(from: 0, to: rows.count, by: Self.block) {
      let part = rows[start..<min(start + Self.block, rows.count)]
      let block = matmul(
        normalisation.apply(images, rows: part, minus: mean, in: workspace), matrix)
      result.withUnsafeMutableBuffer { values in
        block.withUnsafeBuffer { source in
          _ = UnsafeMutableBufferPointer(rebasing: values[(start * mean.count)...])
            .update(from: source)
        }
      }
    }
    return result
  }

  /// All images, normalised and whitened: `[count, pixels]`.
  package func apply(_ images: LabelledImages, in workspace: Workspace) -> Tensor {
    apply(images, rows: 0..<images.count, in: workspace)
  }

  /// Some images, normalised but not whitened: `[rows.count, pixels]`.
  package func normalised(
    _ images: LabelledImages, rows: some RandomAccessCollection<Int>, in workspace: Workspace
  ) -> Tensor {
    requireFit(images)
    let nothing = [Float](repeating: 0, count: mean.count)
    return normalisation.apply(images, rows: rows, minus: nothing, in: workspace)
  }

  private func requireFit(_ images: LabelledImages) {
    precondition(
      images.pixelsPerImage == mean.count,
      "images of \(images.pixelsPerImage) pixels cannot be whitened as images of \(mean.count)")
  }
}
