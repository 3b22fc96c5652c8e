import Kernels

/// A whitening found from training images, and how well it whitens them.
package struct WhiteningFit: Sendable {
  /// What was found.
  package let whitening: Whitening
  /// The standard deviation of all pixels of the whitened training images.
  package let trainingDeviation: Double
  /// The largest absolute value of an element of W·(C + bias·I)·W − I.
  package let residual: Double
  /// The steps that the inverse square root took.
  package let steps: Int

  /// Finds mean and matrix; the covariance is added up over blocks of images in their order.
  ///
  /// Work grows with the images times the square of their pixels, and with the cube of their pixels;
  /// memory with the square of their pixels alone.
  package init(
    of images: LabelledImages, norm: Double, bias: Double, in workspace: Workspace,
    progress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) {
    precondition(images.count > 0, "no whitening can be found from no images")
    precondition(bias > 0, "a bias of \(bias) leaves directions without variance unbounded")
    let normalisation = ContrastNormalisation(norm: norm)
    let mean = normalisation.mean(of: images)
    let size = images.pixelsPerImage
    var sum = workspace.tensor([size, size])
    for start in stride(from: 0, to: images.count, by: Whitening.block) {
      let rows = start..<min(start + Whitening.block, images.count)
      let block = normalisation.apply(images, rows: rows, minus: mean, in: workspace)
      sum = sum + matmul(block, block, transposeA: true)
      progress(rows.upperBound, images.count)
    }
    var covariance = sum * Float(1 / Double(images.count))
    covariance.withUnsafeMutableBuffer { values in
      for i in 0..<size { values[i * size + i] += Float(bias) }
    }
    let inverse = InverseSquareRoot(of: covariance, eigenvaluesAtLeast: Float(bias))
    whitening = Whitening(norm: norm, bias: bias, mean: mean, matrix: inverse.root)
    residual = Double(inverse.residual)
    steps = inverse.steps
    trainingDeviation = Self.deviation(inverse, bias: bias)
  }

  /// The covariance of whitened images is WCW = W(C + bias·I)W − bias·W², and the mean of its diagonal
  /// is the variance of their pixels, since the mean of each is 0.
  private static func deviation(_ inverse: InverseSquareRoot, bias: Double) -> Double {
    let size = inverse.root.shape[0]
    let trace = inverse.product.withUnsafeBuffer { values in
      (0..<size).reduce(0.0) { $0 + Double(values[$1 * size + $1]) }
    }
    let variance = (trace - bias * Double(inverse.root.sumOfSquares())) / Double(size)
    return max(0, variance).squareRoot()
  }
}
