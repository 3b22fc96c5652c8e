import Testing

@testable import Kernels

@Suite struct LossTests {
  @Test(arguments: Arrangement.all)
  func lossesHaveTheBitsOfThePlainLoops(_ arrangement: Arrangement) {
    let workspace = arrangement.workspace
    for (n, classes) in [(1, 1), (3, 10), (300, 17)] {
      let z = noise(n * classes, "z").map { $0 * 20 }
      let labels = (0..<n).map { $0 * 7 % classes }
      let logits = workspace.tensor([n, classes], z)
      let rows = (0..<n).map { Array(z[$0 * classes..<($0 + 1) * classes]) }
      #expect(softmax(logits).values.bits == rows.flatMap(Reference.softmax).bits)
      #expect(logSoftmax(logits).values.bits == rows.flatMap(Reference.logSoftmax).bits)
      for (reduction, weight) in [(Reduction.mean, 1 / Float(n)), (.sum, 1)] {
        let loss = softmaxCrossEntropy(logits, labels: labels, reduction: reduction)
        let plain = zip(rows, labels).map {
          Reference.crossEntropy($0, label: $1, weight: weight)
        }
        #expect(loss.perExample.bits == plain.map(\.loss).bits)
        #expect(loss.gradient.values.bits == plain.flatMap(\.gradient).bits)
      }
      let signs = (0..<n).map { $0 % 3 == 0 ? Float(1) : -1 }
      let column = workspace.tensor([n, 1], Array(z.prefix(n)))
      let loss = logisticLoss(column, signs: signs)
      let plain = zip(z, signs).map { Reference.logistic($0, sign: $1, weight: 1 / Float(n)) }
      #expect(loss.perExample.bits == plain.map(\.loss).bits)
      #expect(loss.gradient.values.bits == plain.map(\.gradient).bits)
    }
  }

  /// Pitfall B1: through log(softmax) the loss here is infinite and its gradient zero.
  @Test func b1LargeLogitsKeepAFiniteLossAndAGradient() {
    let logits = Workspace(threads: 1).tensor([2, 3], [1e4, -1e4, 0, -1e4, 1e4, 1e4])
    let loss = softmaxCrossEntropy(logits, labels: [1, 0], reduction: .sum)
    #expect(loss.perExample[0] == 2e4)
    #expect((loss.perExample[1] - 2e4).magnitude < 1)
    #expect(loss.gradient.values == [1, -1, 0, -1, 0.5, 0.5])
    #expect(softmax(logits).values == [1, 0, 0, 0, 0.5, 0.5])
    let logarithms = logSoftmax(logits).values
    #expect(logarithms.allSatisfy { $0.isFinite })
    let two = Workspace(threads: 1).tensor([2], [1e4, -1e4])
    let logistic = logisticLoss(two, signs: [-1, -1], reduction: .sum)
    #expect(logistic.perExample == [1e4, 0])
    #expect(logistic.gradient.values == [1, 0])
  }

  @Test func gradientsAgreeWithFiniteDifferences() {
    let workspace = Workspace(threads: 1)
    let (z, labels) = (noise(12, "z"), [3, 0, 1])
    let gradient = softmaxCrossEntropy(workspace.tensor([3, 4], z), labels: labels).gradient.values
    for i in z.indices {
      let sides = [Float(1e-2), -1e-2].map { step -> Float in
        var moved = z
        moved[i] += step
        return softmaxCrossEntropy(workspace.tensor([3, 4], moved), labels: labels).mean
      }
      #expect(((sides[0] - sides[1]) / 2e-2 - gradient[i]).magnitude < 1e-4)
    }
  }
}
