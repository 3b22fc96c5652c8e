import Contract

/// The norms that bound a perturbation.
package enum NormCatalogue {
  /// L∞, L2, L1 and L0, chosen by the option `norm`.
  package static let balls = Catalogue<any NormBall>(
    "norm", [LInfBall.self, L2Ball.self, L1Ball.self, PixelBudget.self])
}
