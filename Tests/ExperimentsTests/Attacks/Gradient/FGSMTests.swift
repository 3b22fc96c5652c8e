import Foundation
import Kernels
import Testing

@testable import Attacks
@testable import Models

/// On linear models one step is the exact worst case.
///
/// Goodfellow et al. 2014, §5.
@Suite struct FGSMTests {
  static let workspace = ToyModels.workspace
  static let seed = Seed(1, stage: "fgsm")

  static func perturb(
    _ x: Tensor, _ labels: [Int], _ model: Classifier, _ ball: LInfBall
  ) -> Tensor {
    FGSM(ball).perturb(x, rows: 0..<labels.count, labels: labels, against: model, seed: seed)
  }

  @Test(arguments: [0, 0.05, 0.25, 0.7] as [Float])
  func logisticRegressionLosesWhatItsWorstCaseSays(_ epsilon: Float) {
    let w = ToyModels.uniform([40], -1...1, "w").values
    let (b, n): (Float, Int) = (0.3, 30)
    let model = ToyModels.logistic(w, bias: b)
    let x = ToyModels.uniform([n, 40], "x")
    let labels = (0..<n).map { $0 % 2 }
    let perturbed = Self.perturb(x, labels, model, LInfBall(epsilon: epsilon))
    let losses = model.loss(model.logits(perturbed), labels: labels, reduction: .sum).perExample
    let norm = w.reduce(0.0) { $0 + Double(abs($1)) }
    for i in 0..<n {
      let y: Double = labels[i] == 1 ? 1 : -1
      let z = zip(w, x.values[(i * 40)...]).reduce(Double(b)) { $0 + Double($1.0) * Double($1.1) }
      let worst = log1p(exp(Double(epsilon) * norm - y * z))
      #expect(abs(Double(losses[i]) - worst) <= 1e-5 + 1e-5 * worst, "image \(i), y = \(y)")
    }
  }

  /// Two classes: the difference of the logits moves by exactly ε‖w₁ − w₀‖₁ against the label.
  @Test func aLinearSoftmaxOfTwoClassesMovesByTheNormOfTheDifference() {
    let rows = [
      ToyModels.uniform([30], -1...1, "a").values, ToyModels.uniform([30], -1...1, "b").values,
    ]
    let model = ToyModels.softmax(rows, bias: [0.2, -0.1])
    let x = ToyModels.uniform([10, 30], "x")
    let labels = (0..<10).map { $0 % 2 }
    let norm = zip(rows[0], rows[1]).reduce(0.0) { $0 + Double(abs($1.0 - $1.1)) }
    let before = model.logits(x).values
    let after = model.logits(Self.perturb(x, labels, model, LInfBall(epsilon: 0.25))).values
    for (i, label) in labels.enumerated() {
      let margin = { (z: [Float]) in Double(z[2 * i + label]) - Double(z[2 * i + 1 - label]) }
      #expect(abs(margin(before) - margin(after) - 0.25 * norm) < 1e-5)
    }
  }

  /// Many classes: the step follows the sign of Wᵀ(p − onehot), computed here in `Double`.
  @Test func aLinearSoftmaxMovesAlongItsClosedForm() {
    let (classes, inputs, n) = (5, 20, 12)
    let w = ToyModels.uniform([classes, inputs], -1...1, "w").values
    let rows = (0..<classes).map { Array(w[$0 * inputs..<($0 + 1) * inputs]) }
    let model = ToyModels.softmax(rows, bias: [Float](repeating: 0, count: classes))
    let x = ToyModels.uniform([n, inputs], "x")
    let labels = (0..<n).map { $0 % classes }
    let perturbed = Self.perturb(x, labels, model, LInfBall(epsilon: 0.125)).values
    for i in 0..<n {
      let logits = rows.map { row in
        zip(row, x.values[(i * inputs)...]).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      }
      let sum = logits.map { exp($0) }.reduce(0, +)
      for j in 0..<inputs {
        let slope = (0..<classes).reduce(0.0) { total, k in
          total + (exp(logits[k]) / sum - (k == labels[i] ? 1 : 0)) * Double(rows[k][j])
        }
        guard abs(slope) > 1e-6 else { continue }
        let pixel = x.values[i * inputs + j]
        #expect(abs(perturbed[i * inputs + j] - (pixel + (slope > 0 ? 0.125 : -0.125))) < 1e-7)
      }
    }
  }
}
