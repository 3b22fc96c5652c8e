import Foundation
import Kernels
import Testing

@testable import Models

@Suite struct HeadTests {
  static let logits = ToyModels.uniform([7, 5], -3 ... -0.1, "logits")
  static let labels = [0, 1, 2, 3, 4, 0, 3]

  /// Σ of each class's own cross-entropy, from its definition.
  private static func loss(_ head: Classifier.Head, row: Int, label: Int?) -> Double {
    (0..<5).reduce(0.0) { sum, k in
      let z = Double(logits.values[row * 5 + k])
      let p = head == .exponential ? exp(z) : 1 / (1 + exp(-z))
      return sum - log(k == label ? p : 1 - p)
    }
  }

  @Test(arguments: [Classifier.Head.independentSigmoids, .exponential])
  func theLossIsTheSumOfEachClassesOwn(_ head: Classifier.Head) {
    let value = head.loss(Self.logits, labels: Self.labels, reduction: .sum)
    for (row, label) in Self.labels.enumerated() {
      let expected = Self.loss(head, row: row, label: label)
      #expect(abs(Double(value.perExample[row]) - expected) < 1e-4, "row \(row)")
    }
    let mean = head.loss(Self.logits, labels: Self.labels, reduction: .mean)
    for (a, b) in zip(value.gradient.values, mean.gradient.values) {
      #expect(abs(a / 7 - b) < 1e-6)
    }
  }

  @Test(arguments: [Classifier.Head.softmax, .independentSigmoids, .exponential])
  func theGradientIsTheSlope(_ head: Classifier.Head) {
    let gradient = head.loss(Self.logits, labels: Self.labels, reduction: .sum).gradient.values
    for i in 0..<Self.logits.count {
      let sides = [Float(1e-3), -1e-3].map { step -> Double in
        var moved = Self.logits
        moved.values[i] += step
        return head.loss(moved, labels: Self.labels, reduction: .sum).perExample
          .reduce(0.0) { $0 + Double($1) }
      }
      #expect(abs((sides[0] - sides[1]) / 2e-3 - Double(gradient[i])) < 1e-2, "logit \(i)")
    }
  }

  /// Probabilities near 1 would make the slope of a “no” infinite.
  @Test func aCertainNoStaysFinite() {
    let logits = ToyModels.workspace.tensor([1, 2], [0, -1])
    let value = exponentialLoss(logits, labels: [1], reduction: .sum)
    #expect(value.perExample[0].isFinite)
    #expect(value.gradient.values.allSatisfy { $0.isFinite })
  }

  @Test func confidencesAreEachHeadsOwnProbabilities() {
    let best = Self.logits.rowArgmax()
    for head in [Classifier.Head.independentSigmoids, .exponential] {
      for (row, answer) in head.answers(Self.logits).enumerated() {
        let z = Double(Self.logits.values[row * 5 + best[row]])
        let p = head == .exponential ? exp(z) : 1 / (1 + exp(-z))
        #expect(answer.label == best[row])
        #expect(abs(Double(answer.confidence) - p) < 1e-6)
      }
    }
  }

  /// Equal probabilities cost a softmax least, and “no” to all classes independent sigmoids.
  @Test func namingNothingIsWhatRubbishIsAskedFor() {
    let workspace = ToyModels.workspace
    let (flat, sure) = (
      workspace.tensor([1, 3], [2, 2, 2]), workspace.tensor([1, 3], [9, 0, 0])
    )
    let softmax = Classifier.Head.softmax
    #expect(abs(softmax.lossOfNaming(flat).perExample[0] - log(3)) < 1e-6)
    #expect(softmax.lossOfNaming(flat).gradient.largestMagnitude() < 1e-6)
    #expect(softmax.lossOfNaming(sure).perExample[0] > 3)
    let none = workspace.tensor([1, 3], [-20, -20, -20])
    #expect(Classifier.Head.independentSigmoids.lossOfNaming(none).perExample[0] < 1e-6)
  }
}
