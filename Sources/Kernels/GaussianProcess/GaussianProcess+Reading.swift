extension GaussianProcess {
  /// The chance that the function of each asked class is the largest, at the codes of a batch, and the
  /// way back from these chances.
  struct Reading {
    let posterior: SparsePosterior
    let likelihood: RobustMax
    private let beliefs: SparsePosterior.Beliefs
    private let deviation: DoubleMatrix
    private let found: RobustMax.Chances

    /// Reads the codes `[n, inputs]`; `asked` are the classes of each row, as many in all rows.
    init(
      of codes: Tensor, _ posterior: SparsePosterior, _ likelihood: RobustMax, asked: [[Int]]
    ) {
      (self.posterior, self.likelihood) = (posterior, likelihood)
      beliefs = posterior.beliefs(at: DoubleMatrix(codes))
      deviation = beliefs.variance.squareRoots
      found = likelihood.chances(beliefs.mean, deviation, of: asked)
    }

    /// `[n, asked]`, 0…1.
    var chances: DoubleMatrix { found.values }

    /// ∂f/∂codes of ∂f/∂chances and, if wanted, the slopes at the parameters.
    func pulledBack(
      _ slope: DoubleMatrix, wantsParameters: Bool
    ) -> (x: DoubleMatrix, parameters: SparsePosterior.Slopes?) {
      let (toMean, toDeviation) = likelihood.pulledBack(slope, from: found)
      return posterior.pulledBack(
        mean: toMean, variance: toDeviation.combined(with: deviation) { $0 / (2 * $1) },
        from: beliefs, wantsParameters: wantsParameters)
    }
  }
}
