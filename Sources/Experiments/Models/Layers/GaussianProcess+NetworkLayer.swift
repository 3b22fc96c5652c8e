import Kernels

/// Log-probabilities of a sparse Gaussian-process classifier, as
/// `gaussian-process-rbf(inputs,inducing,classes,whitened,nodes,beta)` with a word for each kernel.
extension GaussianProcess: NetworkLayer {
  package static let words = Covariance.allCases.map(word)
  package var word: String { Self.word(covariance) }
  package var numbers: [any CustomStringConvertible] {
    [inputs, inducing, classes, isWhitened ? 1 : 0, nodes, beta]
  }
  package var sizes: (inputs: Int, outputs: Int)? { (inputs, classes) }
  package var weightNames: [String] { ["inducing", "log_scale", "log_variance", "mean", "factor"] }
  package var multiplyAdds: Int { inducing * (inputs + inducing * (classes + 2)) }

  package init?(_ text: LayerText) {
    guard let covariance = Covariance.allCases.first(where: { Self.word($0) == text.word }),
      let n = text.whole(5, of: 6), let beta = Double(text.numbers[5]), beta > 0, beta < 1,
      n[0] > 0, n[1] > 0, n[2] > 1, n[3] <= 1, (1...64).contains(n[4])
    else { return nil }
    self.init(
      inputs: n[0], inducing: n[1], classes: n[2], covariance: covariance, isWhitened: n[3] == 1,
      beta: beta, nodes: n[4])
  }

  private static func word(_ covariance: Covariance) -> String {
    "gaussian-process-\(covariance.rawValue)"
  }
}
