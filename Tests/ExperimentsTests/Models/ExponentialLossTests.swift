import Foundation
import Kernels
import Testing

@testable import Models

/// The head of an RBF network, each class of which has a probability eᶻ of its own.
@Suite struct ExponentialLossTests {
  static let labels = [2, 0, 1]
  static let logits = ToyModels.uniform([3, 4], -6 ... -0.05, "exponential")

  private func loss(_ logits: Tensor) -> LossValue {
    Classifier.Head.exponential.loss(logits, labels: Self.labels, reduction: .sum)
  }

  @Test func theLossIsTheSumOfYesAndNo() {
    let z = Self.logits.values
    for (row, value) in loss(Self.logits).perExample.enumerated() {
      let expected = (0..<4).reduce(0.0) { sum, k in
        let z = Double(z[row * 4 + k])
        return sum - (k == Self.labels[row] ? z : log(1 - exp(z)))
      }
      #expect(abs(Double(value) - expected) < 1e-5 * (1 + expected), "row \(row)")
    }
  }

  @Test func theGradientIsThatOfTheLoss() {
    let gradient = loss(Self.logits).gradient.values
    let step: Float = 0x1p-8
    for i in gradient.indices {
      func value(_ offset: Float) -> Double {
        var moved = Self.logits
        moved.values[i] += offset
        return loss(moved).perExample.reduce(0.0) { $0 + Double($1) }
      }
      let slope =
        (8 * (value(step) - value(-step)) - (value(2 * step) - value(-2 * step)))
        / Double(12 * step)
      #expect(abs(slope - Double(gradient[i])) < 1e-3 * (1 + abs(slope)), "at \(i)")
    }
    let mean = Classifier.Head.exponential.loss(
      Self.logits, labels: Self.labels, reduction: .mean)
    for (one, other) in zip(mean.gradient.values, gradient) {
      #expect(abs(one * 3 - other) < 1e-5 * (1 + abs(other)))
    }
  }

  /// Pitfall B4: however unlikely the true class is, its pull does not fade, and a class that is
  /// certain pushes with a finite force.
  @Test func farAwayAndOnTheCentreTheGradientStaysUseful() {
    let far = ToyModels.workspace.tensor([1, 3], [-5000, -4000, -3000])
    let head = Classifier.Head.exponential
    let distant = head.loss(far, labels: [1], reduction: .sum)
    #expect(distant.gradient.values == [0, -1, 0])
    #expect(distant.perExample == [4000])
    let near = ToyModels.workspace.tensor([1, 2], [0, -1])
    let certain = head.loss(near, labels: [1], reduction: .sum)
    #expect(certain.gradient.values[0].isFinite && certain.gradient.values[0] > 1000)
    #expect(certain.perExample[0].isFinite)
  }

  @Test func theConfidenceIsOfOneClassAlone() {
    let z = ToyModels.workspace.tensor([2, 3], [-1, -2, -3, -200, -300, -150])
    let answers = Classifier.Head.exponential.answers(z)
    #expect(answers.map(\.label) == [0, 2])
    #expect(abs(answers[0].confidence - 0.36787944) < 1e-6)
    #expect(answers[1].confidence == 0, "an image far from all classes is none of them")
  }
}
