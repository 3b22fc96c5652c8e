import Foundation
import Testing

@testable import Kernels

/// The losses of autoencoders against plain formulas in double precision and finite differences.
@Suite struct GenerativeLossTests {
  static let workspace = Workspace(threads: 2)
  static let (rows, columns) = (3, 21)

  static func tensor(_ name: String, scale: Float = 1) -> Tensor {
    workspace.tensor([rows, columns], noise(rows * columns, name).map { $0 * scale })
  }

  static let targets = workspace.tensor(
    [rows, columns], noise(rows * columns, "t").map { ($0 + 1) / 2 })

  @Test func bernoulliIsTheCrossEntropyOfEachPixel() {
    let z = Self.tensor("z", scale: 6)
    let losses = bernoulliLoss(z, targets: Self.targets).perExample
    for row in 0..<Self.rows {
      var expected = 0.0
      for j in row * Self.columns..<(row + 1) * Self.columns {
        let (logit, x) = (Double(z.values[j]), Double(Self.targets.values[j]))
        let p = 1 / (1 + exp(-logit))
        expected -= x * log(p) + (1 - x) * log(1 - p)
      }
      #expect(abs(Double(losses[row]) - expected) < 1e-4 * expected)
    }
  }

  @Test func bernoulliStaysFiniteWhereProbabilitiesUnderflow() {
    let z = Self.workspace.tensor([1, 2], [500, -500])
    let value = bernoulliLoss(z, targets: Self.workspace.tensor([1, 2], [0, 1]))
    #expect(value.perExample == [1000])
    #expect(value.gradient.values == [1, -1])
  }

  @Test(arguments: [Reduction.sum, .mean])
  func gradientsAgreeWithFiniteDifferences(_ reduction: Reduction) {
    let z = Self.tensor("z", scale: 2)
    let losses: [(Tensor) -> LossValue] = [
      { bernoulliLoss($0, targets: Self.targets, reduction: reduction) },
      { squaredError($0, targets: Self.targets, reduction: reduction) },
      {
        let kl = normalDivergence(
          mean: $0, logVariance: Self.tensor("v"), reduction: reduction)
        return LossValue(perExample: kl.perExample, gradient: kl.meanGradient)
      },
      {
        let kl = normalDivergence(
          mean: Self.tensor("m"), logVariance: $0, reduction: reduction)
        return LossValue(perExample: kl.perExample, gradient: kl.logVarianceGradient)
      },
    ]
    let weight = reduction == .mean ? 1 / Double(Self.rows) : 1
    for loss in losses {
      let gradient = loss(z).gradient.values
      for i in stride(from: 0, to: z.count, by: 5) {
        let sides = [Float(1e-2), -1e-2].map { h -> Double in
          var moved = z
          moved.values[i] += h
          return loss(moved).perExample.reduce(0.0) { $0 + Double($1) } * weight
        }
        #expect(abs((sides[0] - sides[1]) / 2e-2 - Double(gradient[i])) < 2e-3)
      }
    }
  }

  @Test func theDivergenceOfTheStandardNormalFromItselfIsZero() {
    let zero = Self.workspace.tensor([2, 4])
    let kl = normalDivergence(mean: zero, logVariance: zero)
    #expect(kl.perExample == [0, 0])
    #expect(kl.meanGradient.values.allSatisfy { $0 == 0 })
    // N(3, e²) has ½(9 + e² − 2 − 1).
    let other = normalDivergence(
      mean: Self.workspace.tensor([1, 1], [3]), logVariance: Self.workspace.tensor([1, 1], [2]))
    #expect(abs(other.perExample[0] - 6.694528) < 1e-5)
  }

  @Test(arguments: Arrangement.all)
  func rowSumsHaveTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    let x = noise(40 * 784, "x")
    let sums = arrangement.workspace.tensor([40, 784], x).rowSums()
    let expected = (0..<40).map { Reference.sum(Array(x[$0 * 784..<($0 + 1) * 784])) }
    #expect(sums.bits == expected.bits)
  }
}
