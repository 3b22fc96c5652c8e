import Foundation
import Kernels
import Testing

@testable import Contract
@testable import Models

@Suite struct ClassifierTests {
  @Test(arguments: [Classifier.Head.softmax, .sigmoid])
  func aBundleBringsTheClassifierBack(_ head: Classifier.Head) throws {
    let outputs = head == .softmax ? 2 : 1
    let model = try ToyModels.random(
      "dropout(0.8,1.0) maxout(6,4,3) dense(4,\(outputs))", head: head, classes: 2)
    let back = try Classifier(model.bundle, in: ToyModels.workspace)
    #expect(back.architecture == model.architecture)
    #expect(back.head == head && back.classes == [0, 1])
    #expect(back.weights.map(\.values.bits) == model.weights.map(\.values.bits))
    #expect(back.bundle == model.bundle)
  }

  @Test func aBundleThatDoesNotFitIsADataFailure() throws {
    let bundle = try ToyModels.random("dense(6,3)", classes: 3).bundle
    let cases: [(String, (inout TensorBundle) -> Void)] = [
      ("do not say what network", { $0.metadata["architecture"] = nil }),
      ("do not say what network", { $0.metadata["architecture"] = "dense(6)" }),
      ("do not say what network", { $0.metadata["head"] = "hardmax" }),
      (
        "‘layers.0.bias’ should have shape [3]; found nothing", { $0.arrays["layers.0.bias"] = nil }
      ),
      (
        "‘layers.0.weight’ should have shape [4, 6]; found [3, 6]",
        { $0.metadata["architecture"] = "dense(6,4)" }
      ),
      (
        "‘layers.0.bias’ should have shape [3]; found [3]",
        { $0.arrays["layers.0.bias"] = NumericArray(shape: [3], .int32([1, 2, 3])) }
      ),
      ("over 3 logits does not fit 0 classes", { $0.metadata["classes"] = nil }),
      ("over 3 logits does not fit 4 classes", { $0.metadata["classes"] = "0 1 2 3" }),
      ("a sigmoid over 3 logits does not fit 3 classes", { $0.metadata["head"] = "sigmoid" }),
    ]
    for (words, damage) in cases {
      var damaged = bundle
      damage(&damaged)
      let failure = #expect(throws: StageFailure.self) {
        try Classifier(damaged, in: ToyModels.workspace)
      }
      #expect(failure?.blame == .data)
      #expect(failure?.description.contains(words) == true, "\(failure?.description ?? "")")
    }
  }

  @Test func aSoftmaxNamesTheLargestLogitAndItsProbability() {
    let model = ToyModels.softmax([[1, 0], [0, 1], [0, 0]], bias: [0, 0, 1])
    let answers = model.answers(ToyModels.workspace.tensor([3, 2], [3, 0, 0, 2, 0, 0]))
    #expect(answers.map(\.label) == [0, 1, 2])
    for (answer, logits) in zip(answers, [[3.0, 0, 1], [0, 2, 1], [0, 0, 1]]) {
      let sum = logits.map { exp($0) }.reduce(0, +)
      let expected = exp(logits.max() ?? 0) / sum
      #expect(abs(Double(answer.confidence) - expected) < 1e-6)
    }
  }

  @Test func aSigmoidNamesTheLikelierOfTwoAndItsProbability() {
    let model = ToyModels.logistic([1], bias: 0)
    let answers = model.answers(ToyModels.workspace.tensor([4, 1], [2, -3, 0, 100]))
    #expect(answers.map(\.label) == [1, 0, 0, 1])
    for (answer, z) in zip(answers, [2.0, 3, 0, 100]) {
      #expect(abs(Double(answer.confidence) - 1 / (1 + exp(-z))) < 1e-6)
    }
  }

  @Test func theGradientOfASoftmaxOfALinearMapHasAClosedForm() {
    let rows: [[Float]] = [[0.5, -1, 0.25], [2, 0, -0.5], [-1, 1, 1]]
    let model = ToyModels.softmax(rows, bias: [0.1, 0, -0.2])
    let x: [Float] = [0.3, 0.6, 0.9]
    let gradient = model.lossGradient(at: ToyModels.workspace.tensor([1, 3], x), labels: [1]).values
    let logits = zip(rows, [0.1, 0, -0.2]).map { row, bias in
      zip(row, x).reduce(bias) { $0 + Double($1.0) * Double($1.1) }
    }
    let sum = logits.map { exp($0) }.reduce(0, +)
    for j in 0..<3 {
      let expected = (0..<3).reduce(0.0) { total, k in
        total + (exp(logits[k]) / sum - (k == 1 ? 1 : 0)) * Double(rows[k][j])
      }
      #expect(abs(Double(gradient[j]) - expected) < 1e-6)
    }
  }

  @Test func theGradientOfLogisticRegressionHasAClosedForm() {
    let w: [Float] = [0.5, -1, 0.25]
    let model = ToyModels.logistic(w, bias: -0.1)
    let x: [Float] = [0.3, 0.6, 0.9, 0.3, 0.6, 0.9]
    let gradient = model.lossGradient(at: ToyModels.workspace.tensor([2, 3], x), labels: [0, 1])
    let z = 0.5 * 0.3 - 0.6 + 0.25 * 0.9 - 0.1
    for (row, y) in [-1.0, 1].enumerated() {
      for j in 0..<3 {
        let expected = -y / (1 + exp(y * z)) * Double(w[j])
        #expect(abs(Double(gradient.values[row * 3 + j]) - expected) < 1e-6)
      }
    }
  }

  /// Smooth networks only: near a kink of a maxout or a ReLU the difference quotient means nothing.
  @Test(arguments: [Classifier.Head.softmax, .sigmoid])
  func theGradientOfASmoothNetworkIsThatOfItsLoss(_ head: Classifier.Head) throws {
    let outputs = head == .softmax ? 3 : 1
    let model = try ToyModels.random(
      "dense(8,6) tanh dense(6,5) sigmoid dense(5,\(outputs))", head: head,
      classes: head == .softmax ? 3 : 2, range: 1)
    let labels = [0, 1, 1]
    let x = ToyModels.uniform([3, 8], "smooth")
    let gradient = model.lossGradient(at: x, labels: labels).values
    let step: Float = 0x1p-6
    for i in 0..<x.count {
      func loss(_ offset: Float) -> Double {
        var moved = x
        moved.values[i] += offset
        let value = model.loss(model.logits(moved), labels: labels, reduction: .sum)
        return value.perExample.reduce(0.0) { $0 + Double($1) }
      }
      // Fourth order in the step, so that 2⁻⁶ leaves rounding as the only error.
      let slope =
        (8 * (loss(step) - loss(-step)) - (loss(2 * step) - loss(-2 * step))) / Double(12 * step)
      #expect(abs(slope - Double(gradient[i])) < 5e-5, "at \(i)")
    }
  }
}
