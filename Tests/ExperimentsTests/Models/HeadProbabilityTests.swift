import Foundation
import Kernels
import Testing

@testable import Models

@Suite struct HeadProbabilityTests {
  static let heads: [Classifier.Head] = [.softmax, .sigmoid, .independentSigmoids, .exponential]

  private static func logits(_ head: Classifier.Head) -> Tensor {
    ToyModels.uniform([4, head == .sigmoid ? 1 : 3], -4 ... -0.1, "heads")
  }

  @Test(arguments: heads)
  func probabilitiesAreThoseOfTheAnswers(_ head: Classifier.Head) {
    let logits = Self.logits(head)
    let p = head.probabilities(logits)
    for (row, answer) in head.answers(logits).enumerated() {
      let width = p.shape[1]
      let own = Array(p.values[row * width..<(row + 1) * width])
      #expect(own[answer.label] == own.max())
      #expect(own[answer.label].bitPattern == answer.confidence.bitPattern)
    }
  }

  @Test(arguments: heads)
  func theLogarithmIsThatOfTheProbability(_ head: Classifier.Head) {
    let logits = Self.logits(head)
    let labels = [0, 1, 1, 0]
    let p = head.probabilities(logits)
    let logs = head.logProbability(logits, of: labels)
    for (row, label) in labels.enumerated() {
      let expected = log(Double(p.values[row * p.shape[1] + label]))
      #expect(abs(Double(logs.perExample[row]) - expected) < 1e-5 * (1 + abs(expected)))
    }
    let step: Float = 0x1p-8
    for i in 0..<logits.count {
      func value(_ offset: Float) -> Double {
        var moved = logits
        moved.values[i] += offset
        return head.logProbability(moved, of: labels).perExample.reduce(0.0) { $0 + Double($1) }
      }
      let slope = (value(step) - value(-step)) / Double(2 * step)
      #expect(abs(slope - Double(logs.gradient.values[i])) < 1e-3, "at \(i)")
    }
  }
}
