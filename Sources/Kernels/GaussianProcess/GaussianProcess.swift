/// A sparse variational Gaussian-process classifier as the last layer of a network: from codes to the
/// logarithm of each class's probability.
///
/// Bradshaw, Matthews & Ghahramani 2017. One latent function a class, robust-max likelihood.
/// `x: [n, inputs]`, output `[n, classes]`, whose exponentials add up to 1 but for the quadrature. Where
/// the inducing points' covariance has no Cholesky factor even with the largest jitter, everything is
/// not-a-number, so that trainers and evaluators stop.
public struct GaussianProcess: Layer, Hashable {
  /// Columns of `x`.
  public let inputs: Int
  /// Inducing points.
  public let inducing: Int
  /// Latent functions.
  public let classes: Int
  /// The kernel.
  public let covariance: Covariance
  /// Whether the variational parameters are about the whitened values of the functions.
  public let isWhitened: Bool
  /// β of the robust-max likelihood, above 0 and below 1.
  public let beta: Double
  /// Nodes of the Gauss–Hermite quadrature.
  public let nodes: Int
  /// The rule with so many nodes, which costs as much as a training step to find.
  private let quadrature: GaussHermite

  /// A layer of these sizes.
  public init(
    inputs: Int, inducing: Int, classes: Int, covariance: Covariance, isWhitened: Bool,
    beta: Double = 1e-3, nodes: Int = 20
  ) {
    precondition(
      inputs > 0 && inducing > 0 && classes > 1 && beta > 0 && beta < 1 && (1...64).contains(nodes),
      "a Gaussian process of \(inputs) inputs, \(inducing) inducing points, \(classes) classes, "
        + "β = \(beta) and \(nodes) nodes cannot be")
    (self.inputs, self.inducing, self.classes) = (inputs, inducing, classes)
    (self.covariance, self.isWhitened) = (covariance, isWhitened)
    (self.beta, self.nodes) = (beta, nodes)
    quadrature = GaussHermite(nodes)
  }

  /// The inducing points `[M, inputs]`, log ℓ `[inputs]`, log σ² `[1]`, m `[classes, M]` and the lower
  /// triangles F `[classes, M, M]`, what is above their diagonals being ignored.
  public var weightShapes: [[Int]] {
    [
      [inducing, inputs], [inputs], [1], [classes, inducing], [classes, inducing, inducing],
    ]
  }

  /// Log-probabilities, and the way back.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    let workspace = x.workspace
    guard let posterior = posterior(weights) else { return undefined(x) }
    let asked = [[Int]](repeating: Array(0..<classes), count: x.rowCount)
    let reading = Reading(of: x, posterior, likelihood(posterior.algebra), asked: asked)
    let probabilities = reading.chances.values.map {
      reading.likelihood.probability($0, classes: classes)
    }
    let logs = posterior.algebra.log(probabilities)
    let slope = reading.likelihood.probabilitySlope(classes: classes)
    return Pass(output: workspace.tensor([x.rowCount, classes], logs.map { Float($0) })) {
      dy, wanted in
      let toChance = DoubleMatrix(
        x.rowCount, classes, zip(dy.values, probabilities).map { Double($0) * slope / $1 })
      let back = reading.pulledBack(toChance, wantsParameters: wanted.includesWeights)
      return (
        wanted.includesInput ? back.x.tensor(x.shape, in: workspace) : nil,
        back.parameters.map { tensors($0, in: workspace) } ?? []
      )
    }
  }

  /// The posterior of these weights; nil if the covariance has no Cholesky factor.
  func posterior(_ weights: ArraySlice<Tensor>) -> SparsePosterior? {
    let shapes = weights.map(\.shape)
    precondition(
      shapes == weightShapes, "weights of shapes \(shapes) were given where \(weightShapes) belong")
    let all = weights.map { DoubleMatrix($0) }
    let algebra = DoubleAlgebra(weights[weights.startIndex].workspace)
    return SparsePosterior(
      inducing: all[0],
      CovarianceFunction(
        kind: covariance, precisions: algebra.exp(all[1].values.map { $0 * -2 }),
        variance: algebra.exp(all[2].values)[0], algebra: algebra),
      mean: all[3], factors: turned(all[4]), isWhitened: isWhitened)
  }

  /// The likelihood of this layer.
  func likelihood(_ algebra: DoubleAlgebra) -> RobustMax {
    RobustMax(beta: beta, quadrature: quadrature, algebra: algebra)
  }

  /// Slopes in the order and the shapes of the weights.
  func tensors(_ slopes: SparsePosterior.Slopes, in workspace: Workspace) -> [Tensor] {
    let all = [
      slopes.inducing.values, slopes.logScales, [slopes.logVariance], slopes.mean.values,
      turned(slopes.factors, keepsUpper: true).values,
    ]
    return zip(weightShapes, all).map { shape, values in
      workspace.tensor(shape, values.map { Float($0) })
    }
  }

  /// Each block of M rows transposed, with zeros above the diagonal of F, on the way in and out.
  private func turned(_ blocks: DoubleMatrix, keepsUpper: Bool = false) -> DoubleMatrix {
    let m = inducing
    var result = DoubleMatrix(blocks.rows, m)
    for block in 0..<classes {
      for i in 0..<m {
        for j in 0...i {
          let (below, above) = ((block * m + i) * m + j, (block * m + j) * m + i)
          if keepsUpper {
            result.values[below] = blocks.values[above]
          } else {
            result.values[above] = blocks.values[below]
          }
        }
      }
    }
    return result
  }

  /// An output and slopes of not-a-number.
  private func undefined(_ x: Tensor) -> Pass {
    let workspace = x.workspace
    return Pass(output: workspace.undefined([x.rowCount, classes])) { _, wanted in
      (
        wanted.includesInput ? workspace.undefined(x.shape) : nil,
        wanted.includesWeights ? weightShapes.map(workspace.undefined) : []
      )
    }
  }
}

extension Workspace {
  /// A tensor of not-a-number.
  func undefined(_ shape: [Int]) -> Tensor {
    tensor(shape, [Float](repeating: .nan, count: shape.reduce(1, *)))
  }
}
