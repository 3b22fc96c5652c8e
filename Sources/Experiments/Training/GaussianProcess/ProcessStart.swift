import Kernels

/// The numbers a Gaussian-process layer starts from, taken from the codes of the untrained network
/// below it.
///
/// Inducing points are centres of k-means; every length-scale is the mean distance of two codes, for a
/// linear kernel their root mean square, so that variances begin near σ²; beliefs are those of the prior
/// when whitened, else N(0, 1).
package struct ProcessStart {
  /// Codes the start is made from.
  package static let codes = 5000
  /// Passes of k-means.
  package static let passes = 10
  /// Codes between which distances are taken.
  private static let measured = 1000

  /// The weights of the layer.
  package static func weights(
    of layer: GaussianProcess, variance: Double, codes: Tensor, seed: Seed
  ) -> [Tensor] {
    let workspace = codes.workspace
    let centres = KMeans(centres: layer.inducing, passes: passes).fit(codes, seed: seed)
    let scale = Float(self.scale(layer.covariance, codes))
    let logs = workspace.tensor(
      [layer.inputs], [Float](repeating: scale, count: layer.inputs)
    ).logarithms()
    let spread = workspace.tensor([1], [Float(variance)]).logarithms()
    let (m, classes) = (layer.inducing, layer.classes)
    var factor = [Float](repeating: 0, count: classes * m * m)
    for k in 0..<classes { for i in 0..<m { factor[(k * m + i) * m + i] = 1 } }
    return [
      centres, logs, spread, workspace.tensor([classes, m]),
      workspace.tensor([classes, m, m], factor),
    ]
  }

  private static func scale(_ covariance: Covariance, _ codes: Tensor) -> Double {
    let some = codes.rows(0..<min(measured, codes.shape[0]))
    let n = some.shape[0]
    let lengths = (some * some).rowSums().map { Double($0) }
    switch covariance {
    case .linear:
      return max((lengths.reduce(0, +) / Double(n)).squareRoot(), 1e-6)
    case .rbf:
      let products = matmul(some, some, transposeB: true).values
      var sum = 0.0
      for i in 0..<n {
        for j in 0..<i {
          sum += max(lengths[i] + lengths[j] - 2 * Double(products[i * n + j]), 0).squareRoot()
        }
      }
      return max(sum / Double(max(n * (n - 1) / 2, 1)), 1e-6)
    }
  }
}
