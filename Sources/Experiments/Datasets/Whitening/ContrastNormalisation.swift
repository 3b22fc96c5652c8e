import Kernels

/// Global contrast normalisation: an image minus its own mean, scaled to a Euclidean norm.
///
/// Mean and norm are of all pixels of all channels together. An image whose pixels are all equal has
/// no contrast and becomes 0; whether it is one is decided in whole numbers, so no threshold enters.
/// The unit of the pixels does not matter.
struct ContrastNormalisation: Hashable, Sendable {
  /// The norm of every image that has contrast, above 0.
  let norm: Double

  /// A normalisation to this norm.
  init(norm: Double) {
    precondition(norm > 0, "images cannot be scaled to a norm of \(norm)")
    self.norm = norm
  }

  /// What each of the 256 pixel values becomes in this image.
  func values(for image: some Collection<UInt8>) -> [Float] {
    var (sum, squares) = (0, 0)
    for pixel in image {
      sum += Int(pixel)
      squares += Int(pixel) * Int(pixel)
    }
    // n times the sum of the squares of what is left when the mean is taken away.
    let n = image.count
    let spread = n * squares - sum * sum
    guard spread > 0 else { return [Float](repeating: 0, count: 256) }
    let scale = norm / (Double(spread) / Double(n)).squareRoot()
    let mean = Double(sum) / Double(n)
    return (0..<256).map { Float((Double($0) - mean) * scale) }
  }

  /// Some images, normalised, minus another image: `[rows.count, pixels]`.
  func apply(
    _ images: LabelledImages, rows: some RandomAccessCollection<Int>, minus mean: [Float],
    in workspace: Workspace
  ) -> Tensor {
    let size = images.pixelsPerImage
    precondition(
      mean.count == size, "\(mean.count) numbers cannot be taken from images of \(size) pixels")
    var result = workspace.tensor([rows.count, size])
    result.withUnsafeMutableBuffer { out in
      for (position, row) in rows.enumerated() {
        let image = images.image(row)
        let values = values(for: image)
        for (i, pixel) in image.enumerated() {
          out[position * size + i] = values[Int(pixel)] - mean[i]
        }
      }
    }
    return result
  }

  /// The mean of all images after normalisation, a number a pixel, added in their order.
  func mean(of images: LabelledImages) -> [Float] {
    var sums = [Double](repeating: 0, count: images.pixelsPerImage)
    for row in 0..<images.count {
      let image = images.image(row)
      let values = values(for: image)
      for (i, pixel) in image.enumerated() { sums[i] += Double(values[Int(pixel)]) }
    }
    return sums.map { Float($0 / Double(max(images.count, 1))) }
  }
}
