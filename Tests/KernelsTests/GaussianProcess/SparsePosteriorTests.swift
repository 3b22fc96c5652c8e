import Testing

@testable import Kernels

/// A posterior of three classes, four inducing points and five features, in every form there is.
///
/// More features than inducing points, so that a linear kernel is not left to the jitter.
struct PosteriorForm: CustomStringConvertible, Sendable {
  let kind: Covariance
  let isWhitened: Bool
  var description: String { "\(kind.rawValue), \(isWhitened ? "whitened" : "unwhitened")" }
  static let all = Covariance.allCases.flatMap { kind in
    [true, false].map { PosteriorForm(kind: kind, isWhitened: $0) }
  }
}

@Suite struct SparsePosteriorTests {
  private static let algebra = DoubleAlgebra(Workspace(threads: 1))

  /// Everything a posterior is made from, as one list of numbers.
  private struct Numbers {
    static let (m, features, classes) = (4, 5, 3)
    var inducing = matrix(m, features, "z")
    var logScales = [0.2, -0.3, 0.1, 0.4, -0.1]
    var logVariance = 0.4
    var mean = matrix(classes, m, "m")
    var factors: DoubleMatrix

    init() {
      let (m, classes) = (Self.m, Self.classes)
      factors = DoubleMatrix(classes * m, m)
      let drawn = noise(classes * m * m, "f")
      for k in 0..<classes {
        for i in 0..<m {
          for j in i..<m {
            factors[k * m + i, j] =
              Double(drawn[(k * m + i) * m + j]) / 2 + (i == j ? 1 : 0)
          }
        }
      }
    }

    func posterior(_ form: PosteriorForm) -> SparsePosterior? {
      SparsePosterior(
        inducing: inducing,
        CovarianceFunction(
          kind: form.kind, precisions: algebra.exp(logScales.map { $0 * -2 }),
          variance: algebra.exp([logVariance])[0], algebra: algebra),
        mean: mean, factors: factors, isWhitened: form.isWhitened)
    }
  }

  /// Compares slopes with central differences of `value` at every number.
  private func check(
    _ form: PosteriorForm, _ slopes: SparsePosterior.Slopes,
    _ value: (SparsePosterior) -> Double
  ) throws {
    func differs(_ name: String, _ ours: [Double], _ move: (inout Numbers, Int, Double) -> Void)
      throws
    {
      for (i, slope) in ours.enumerated() {
        let h = 1e-5
        var (up, down) = (Numbers(), Numbers())
        move(&up, i, h)
        move(&down, i, -h)
        let measured =
          try (value(#require(up.posterior(form))) - value(#require(down.posterior(form))))
          / (2 * h)
        #expect(
          abs(measured - slope) < 1e-6 * (1 + abs(measured)),
          "\(name) \(i): \(measured) and \(slope)")
      }
    }
    try differs("inducing", slopes.inducing.values) { $0.inducing.values[$1] += $2 }
    try differs("log ℓ", slopes.logScales) { $0.logScales[$1] += $2 }
    try differs("log σ²", [slopes.logVariance]) { $0.logVariance += $2 }
    try differs("m", slopes.mean.values) { $0.mean.values[$1] += $2 }
    // Below the diagonal a transposed factor has no number.
    let m = Numbers.m
    try differs(
      "F",
      slopes.factors.values.enumerated().map { i, slope in i % m < i / m % m ? 0 : slope }
    ) { numbers, i, h in if i % m >= i / m % m { numbers.factors.values[i] += h } }
  }

  @Test(arguments: PosteriorForm.all)
  func `beliefs have the slopes of finite differences`(_ form: PosteriorForm) throws {
    let x = matrix(5, Numbers.features, "x")
    let (toMean, toVariance) = (matrix(5, 3, "dm"), matrix(5, 3, "dv"))
    func value(_ posterior: SparsePosterior, _ x: DoubleMatrix) -> Double {
      let beliefs = posterior.beliefs(at: x)
      return zip(beliefs.mean.values, toMean.values).reduce(0) { $0 + $1.0 * $1.1 }
        + zip(beliefs.variance.values, toVariance.values).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let posterior = try #require(Numbers().posterior(form))
    let back = posterior.pulledBack(
      mean: toMean, variance: toVariance, from: posterior.beliefs(at: x), wantsParameters: true)
    try check(form, try #require(back.parameters)) { value($0, x) }
    for i in 0..<x.values.count {
      let h = 1e-5
      var (up, down) = (x, x)
      up.values[i] += h
      down.values[i] -= h
      let measured = (value(posterior, up) - value(posterior, down)) / (2 * h)
      #expect(abs(measured - back.x.values[i]) < 1e-6 * (1 + abs(measured)))
    }
  }

  @Test(arguments: PosteriorForm.all)
  func `the divergence has the slopes of finite differences`(_ form: PosteriorForm) throws {
    let posterior = try #require(Numbers().posterior(form))
    try check(form, posterior.divergence().slopes) { $0.divergence().value }
  }

  @Test(arguments: PosteriorForm.all)
  func `beliefs of the prior cost nothing and answer with the prior`(_ form: PosteriorForm) throws {
    var numbers = Numbers()
    numbers.mean = DoubleMatrix(Numbers.classes, Numbers.m)
    let start = try #require(numbers.posterior(form))
    var one = DoubleMatrix(Numbers.m, Numbers.m)
    for i in 0..<Numbers.m { one[i, i] = 1 }
    let factor = form.isWhitened ? one : start.cholesky.factor.transposed
    numbers.factors = DoubleMatrix(
      Numbers.classes * Numbers.m, Numbers.m,
      (0..<Numbers.classes).flatMap { _ in factor.values })
    let prior = try #require(numbers.posterior(form))
    #expect(abs(prior.divergence().value) < 1e-9)
    let x = matrix(5, Numbers.features, "x")
    let beliefs = prior.beliefs(at: x)
    #expect(beliefs.mean.values.allSatisfy { $0 == 0 })
    for (i, variance) in prior.covariance.diagonal(x).enumerated() {
      for k in 0..<Numbers.classes { #expect(abs(beliefs.variance[i, k] - variance) < 1e-9) }
    }
  }

  /// With an inducing point at every observation and the exact posterior as beliefs, beliefs elsewhere
  /// are those of Gaussian-process regression, and the bound is the log evidence.
  @Test func `inducing points on all data give exact regression and its evidence`() throws {
    let (n, noise) = (6, 0.09)
    let algebra = Self.algebra
    let x = matrix(n, 2, "x")
    let y = matrix(n, 1, "y")
    let kernel = CovarianceFunction(
      kind: .rbf, precisions: [1.7, 0.6], variance: 1.3, algebra: algebra)
    // Everything by hand from K + noise, with the jitter that the posterior adds as well.
    var k = kernel.matrix(x, x)
    for i in 0..<n { k[i, i] += Cholesky.firstJitter }
    var noisy = k
    for i in 0..<n { noisy[i, i] += noise - Cholesky.firstJitter }
    let outer = try #require(Cholesky(noisy))
    let inverse = algebra.product(outer.inverse, outer.inverse, transposeA: true)
    let gain = algebra.product(k, inverse)
    let mean = algebra.product(gain, y)
    var spread = k - algebra.product(gain, k)
    for i in 0..<n { spread[i, i] -= Cholesky.firstJitter }
    let factor = try #require(Cholesky(spread)).factor
    let posterior = try #require(
      SparsePosterior(
        inducing: x, kernel, mean: mean.transposed, factors: factor.transposed, isWhitened: false))

    let places = matrix(4, 2, "places")
    let cross = kernel.matrix(places, x)
    let exactMean = algebra.product(cross, algebra.product(inverse, y))
    let explained = algebra.product(algebra.product(cross, inverse), cross.transposed)
    let beliefs = posterior.beliefs(at: places)
    for i in 0..<4 {
      #expect(abs(beliefs.mean[i, 0] - exactMean[i, 0]) < 1e-4)
      #expect(abs(beliefs.variance[i, 0] - (1.3 - explained[i, i])) < 1e-4)
    }

    let here = posterior.beliefs(at: x)
    let logs = algebra.log([2 * 3.141592653589793 * noise])[0]
    let fit = (0..<n).reduce(0.0) { sum, i in
      let miss = y[i, 0] - here.mean[i, 0]
      return sum - 0.5 * (logs + (miss * miss + here.variance[i, 0]) / noise)
    }
    let bound = fit - posterior.divergence().value
    let pull = algebra.product(y, algebra.product(inverse, y), transposeA: true)[0, 0]
    let evidence =
      -0.5 * pull - outer.halfLogDeterminant(algebra)
      - 0.5 * Double(n) * algebra.log([2 * 3.141592653589793])[0]
    #expect(abs(bound - evidence) < 1e-3)
    // Any other beliefs are worse.
    let worse = try #require(
      SparsePosterior(
        inducing: x, kernel, mean: mean.transposed * 0.9, factors: factor.transposed,
        isWhitened: false))
    let there = worse.beliefs(at: x)
    let lower = (0..<n).reduce(-worse.divergence().value) { sum, i in
      let miss = y[i, 0] - there.mean[i, 0]
      return sum - 0.5 * (logs + (miss * miss + there.variance[i, 0]) / noise)
    }
    #expect(lower < bound)
  }
}
