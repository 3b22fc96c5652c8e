import Contract
import Datasets
import Kernels
import Models

/// Reconstructions of clean images, to tell whether another picture looks like one of them.
///
/// Kos, Fischer & Song 2017 judge with the eye that the classifier attack gives poor reconstructions.
/// The distance of a reconstruction from the nearest clean one puts a number to it.
struct ReconstructionGallery: Sendable {
  /// `[n, pixels]`.
  private let pictures: Tensor
  private let squares: [Float]
  private let model: Autoencoder

  /// The most pictures.
  private static let most = 1000

  /// Of the first validation images.
  init(_ subject: AttackSubject, in workspace: Workspace) {
    let images =
      subject.digits.validation.count > 0 ? subject.digits.validation : subject.digits.train
    model = subject.reader.model
    pictures = model.reconstruct(
      UnitRange().encode(images, rows: Array(0..<min(Self.most, images.count)), in: workspace))
    squares = pictures.rowSumsOfSquares()
  }

  /// The distance of each row to the nearest picture, from ‖a‖² + ‖b‖² − 2aᵀb.
  func nearest(to x: Tensor) -> [Float] {
    let products = matmul(x, pictures, transposeB: true).values
    return x.rowSumsOfSquares().enumerated().map { row, own in
      let least = squares.indices.reduce(Float.infinity) { least, i in
        min(least, own + squares[i] - 2 * products[row * squares.count + i])
      }
      // Rounding may put equal pictures below zero.
      return max(0, least).squareRoot()
    }
  }

  /// The mean distance of the reconstructions of images to the nearest picture.
  func mean(of images: LabelledImages, _ workspace: Workspace) -> Double {
    var sum = 0.0
    for first in stride(from: 0, to: images.count, by: 500) {
      let rows = Array(first..<min(first + 500, images.count))
      let x = UnitRange().encode(images, rows: rows, in: workspace)
      sum = nearest(to: model.reconstruct(x)).reduce(sum) { $0 + Double($1) }
    }
    return sum / Double(max(1, images.count))
  }
}
