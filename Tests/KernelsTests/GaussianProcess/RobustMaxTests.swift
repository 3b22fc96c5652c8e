import Testing

@testable import Kernels

@Suite struct RobustMaxTests {
  private static let algebra = DoubleAlgebra(Workspace(threads: 2))
  private static func likelihood(_ nodes: Int) -> RobustMax {
    RobustMax(beta: 1e-3, quadrature: GaussHermite(nodes), algebra: algebra)
  }

  /// Values of NumPy's `hermgauss(20)`.
  @Test func `nodes and weights are those of Gauss and Hermite`() {
    let rule = GaussHermite(20)
    let nodes = [
      0.24534070830090124, 0.7374737285453944, 1.234076215395323, 1.7385377121165861,
      2.2549740020892757, 2.7888060584281305, 3.3478545673832163, 3.944764040115625,
      4.603682449550744, 5.387480890011233,
    ]
    let weights = [
      0.2607930634495549, 0.16173933398399998, 0.0615063720639769, 0.013997837447101022,
      0.00183010313108049, 0.00012882627996192928, 4.402121090230851e-06, 6.127490259982928e-08,
      2.4820623623151755e-10, 1.2578006724379234e-13,
    ]
    for i in 0..<10 {
      #expect(abs(rule.nodes[10 + i] - nodes[i]) < 1e-13)
      #expect(abs(rule.nodes[9 - i] + nodes[i]) < 1e-13)
      #expect(abs(rule.weights[10 + i] - weights[i]) < 1e-12 * weights[i])
    }
  }

  @Test(arguments: [1, 2, 3, 7, 20, 64])
  func `a rule integrates polynomials exactly`(_ count: Int) {
    let rule = GaussHermite(count)
    #expect(abs(rule.weights.reduce(0, +) - 1) < 1e-14)
    // The moments of a standard normal: 1, 1·3, 1·3·5.
    for (power, moment) in [(2, 1.0), (4, 3), (6, 15)] where power < 2 * count {
      let sum = zip(rule.nodes, rule.weights).reduce(0.0) { total, term in
        let x = 2.0.squareRoot() * term.0
        return total + term.1 * (0..<power).reduce(1.0) { product, _ in product * x }
      }
      #expect(abs(sum - moment) < 1e-11 * moment)
    }
  }

  @Test func `of two functions the chance is the normal distribution of their difference`() {
    let (means, deviations) = (
      DoubleMatrix(3, 2, [0.3, -0.2, 1, 1, -2, 0.5]),
      DoubleMatrix(3, 2, [0.5, 0.8, 1, 2, 0.7, 0.3])
    )
    let found = Self.likelihood(40).chances(means, deviations, of: [[0, 1], [0, 1], [0, 1]])
    for row in 0..<3 {
      let spread =
        (deviations[row, 0] * deviations[row, 0] + deviations[row, 1] * deviations[row, 1])
        .squareRoot()
      let wanted = Self.algebra.normal([(means[row, 0] - means[row, 1]) / spread]).cumulative[0]
      #expect(abs(found.values[row, 0] - wanted) < 1e-6)
      #expect(abs(found.values[row, 1] - (1 - wanted)) < 1e-6)
    }
  }

  /// A sum over a fine grid of fₖ instead of the rule.
  @Test func `chances agree with dense quadrature and add up to one`() {
    let classes = 5
    let mean = DoubleMatrix(1, classes, noise(classes, "mean").map { Double($0) * 2 })
    let deviation = DoubleMatrix(1, classes, noise(classes, "dev").map { Double($0) / 3 + 0.9 })
    let found = Self.likelihood(20).chances(mean, deviation, of: [Array(0..<classes)])
    for k in 0..<classes {
      var sum = 0.0
      let step = 0.002
      for i in -5000...5000 {
        let u = Double(i) * step
        let f = mean[0, k] + deviation[0, k] * u
        let z = (0..<classes).map { (f - mean[0, $0]) / deviation[0, $0] }
        let below = Self.algebra.normal(z).cumulative
        let weight = Self.algebra.normal([u]).density[0] * step
        sum += weight * (0..<classes).filter { $0 != k }.reduce(1.0) { $0 * below[$1] }
      }
      #expect(abs(found.values[0, k] - sum) < 2e-4, "class \(k)")
    }
    #expect(abs(found.values.values.reduce(0, +) - 1) < 1e-3)
  }

  @Test func `the way back agrees with finite differences`() {
    let (rows, classes) = (3, 4)
    let likelihood = Self.likelihood(20)
    let mean = matrix(rows, classes, "mean")
    let deviation = DoubleMatrix(
      rows, classes, noise(rows * classes, "dev").map { Double($0) / 3 + 0.8 })
    let asked = [[2, 0], [1, 3], [0, 0]]
    let slope = matrix(rows, 2, "slope")
    func value(_ mean: DoubleMatrix, _ deviation: DoubleMatrix) -> Double {
      zip(likelihood.chances(mean, deviation, of: asked).values.values, slope.values)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let found = likelihood.pulledBack(
      slope, from: likelihood.chances(mean, deviation, of: asked))
    for i in 0..<rows * classes {
      let h = 1e-6
      var (up, down) = (mean, mean)
      up.values[i] += h
      down.values[i] -= h
      let toMean = (value(up, deviation) - value(down, deviation)) / (2 * h)
      #expect(abs(toMean - found.mean.values[i]) < 1e-8)
      (up, down) = (deviation, deviation)
      up.values[i] += h
      down.values[i] -= h
      let toDeviation = (value(mean, up) - value(mean, down)) / (2 * h)
      #expect(abs(toDeviation - found.deviation.values[i]) < 1e-8)
    }
  }

  @Test func `a certain answer has probability one less beta, and the others share beta`() {
    let likelihood = Self.likelihood(20)
    #expect(likelihood.probability(1, classes: 10) == 0.999)
    #expect(abs(likelihood.probability(0, classes: 10) - 1e-3 / 9) < 1e-18)
  }
}
