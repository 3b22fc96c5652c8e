import Kernels
import Testing

@testable import Models
@testable import Training

/// Every objective's gradient is the slope of the loss it reports, and that loss is the formula's.
@Suite struct ObjectiveTests {
  static let workspace = ToyModels.workspace

  static func batch(_ classifier: Classifier, count: Int = 6) -> Batch {
    let features = classifier.architecture.network.weightShapes[0][1]
    let seed = Seed(7, stage: "batch")
    return Batch(
      x: ToyModels.uniform([count, features], "x"),
      labels: (0..<count).map { $0 % classifier.classes.count },
      dropout: seed.forked("dropout"), noise: seed.forked("noise"))
  }

  static func gradients(
    _ objective: any Objective, _ classifier: Classifier, _ weights: [Tensor]? = nil,
    on batch: Batch
  ) -> (losses: [Float], gradients: [Tensor]) {
    objective.gradients(
      classifier.architecture.network, weights ?? classifier.weights, classifier.head, on: batch)
  }

  /// The mean loss after one number of one weight has moved.
  private static func loss(
    _ objective: any Objective, _ classifier: Classifier, _ weight: Int, _ element: Int,
    _ step: Float, on batch: Batch
  ) -> Double {
    var weights = classifier.weights
    weights[weight].values[element] += step
    let losses = gradients(objective, classifier, weights, on: batch).losses
    return losses.reduce(0.0) { $0 + Double($1) } / Double(losses.count)
  }

  /// Objectives whose loss is smooth in the weights, perturbation included.
  static let smooth:
    [(name: String, objective: any Objective, text: String, head: Classifier.Head)] =
      [
        ("clean", CleanObjective(), "dense(12,5)", .softmax),
        ("sigmoids", CleanObjective(), "dense(12,5)", .independentSigmoids),
        ("worst case", WorstCaseObjective(epsilon: 0.25), "dense(12,1)", .sigmoid),
        ("L1", L1Objective(base: CleanObjective(), coefficient: 0.1), "dense(12,5)", .softmax),
        ("margin", MarginObjective(coefficient: 0.3), "dense(12,5)", .softmax),
        ("rubbish", RubbishObjective(), "dense(12,5)", .softmax),
        ("rubbish, sigmoids", RubbishObjective(), "dense(12,5)", .independentSigmoids),
        (
          "noise", NoiseObjective(.uniform, epsilon: 0.2), "dense(12,7) tanh dense(7,5)",
          .softmax
        ),
        // The sign of a linear model's gradient does not move with small changes of its weights.
        (
          "adversarial", AdversarialObjective(alpha: 0.3, epsilon: 0.1, keepsMask: false),
          "dense(12,1)", .sigmoid
        ),
      ]

  @Test(arguments: smooth.indices)
  func theGradientIsTheSlopeOfTheLoss(_ index: Int) throws {
    let (name, objective, text, head) = Self.smooth[index]
    let classifier = try ToyModels.random(text, head: head, classes: head == .sigmoid ? 2 : 5)
    let batch = Self.batch(classifier)
    let gradients = Self.gradients(objective, classifier, on: batch).gradients
    #expect(gradients.map(\.shape) == classifier.weights.map(\.shape))
    for (w, gradient) in gradients.enumerated() {
      for element in stride(from: 0, to: gradient.count, by: 5) {
        let step = Float(1e-3)
        let slope =
          (Self.loss(objective, classifier, w, element, step, on: batch)
            - Self.loss(objective, classifier, w, element, -step, on: batch)) / Double(2 * step)
        #expect(
          abs(slope - Double(gradient.values[element])) < 2e-3,
          "\(name), weight \(w), element \(element): \(gradient.values[element]), slope \(slope)")
      }
    }
  }

  /// α·J(x) + (1 − α)·J(x + ε·sign ∇J), with the perturbation made by hand and held constant.
  @Test(arguments: [0, 0.3, 0.5, 1] as [Float], [0, 0.1] as [Float])
  func adversarialTrainingIsItsFormula(_ alpha: Float, _ epsilon: Float) throws {
    let classifier = try ToyModels.random("maxout(12,6,3) dense(6,5)", classes: 5)
    let batch = Self.batch(classifier)
    let moved = batch.x.adding(
      classifier.lossGradient(at: batch.x, labels: batch.labels).sign(), scaledBy: epsilon)
    func step(_ x: Tensor) -> (losses: [Float], gradients: [Tensor]) {
      Self.gradients(
        CleanObjective(), classifier,
        on: Batch(x: x, labels: batch.labels, dropout: batch.dropout, noise: batch.noise))
    }
    let (clean, attacked) = (step(batch.x), step(moved))
    for keepsMask in [true, false] {
      let ours = Self.gradients(
        AdversarialObjective(alpha: alpha, epsilon: epsilon, keepsMask: keepsMask), classifier,
        on: batch)
      for i in ours.losses.indices {
        let loss = alpha * clean.losses[i] + (1 - alpha) * attacked.losses[i]
        #expect(abs(ours.losses[i] - loss) < 1e-5)
      }
      for w in ours.gradients.indices {
        for (value, parts) in zip(
          ours.gradients[w].values, zip(clean.gradients[w].values, attacked.gradients[w].values))
        {
          #expect(abs(value - (alpha * parts.0 + (1 - alpha) * parts.1)) < 1e-5)
        }
      }
    }
  }

  /// The perturbation of a hidden layer moves that layer's output and nothing below it.
  @Test func aHiddenLayerIsPerturbedByItsOwnGradient() throws {
    let whole = try ToyModels.random("dense(12,7) tanh dense(7,5)", classes: 5)
    let batch = Self.batch(whole)
    let objective = AdversarialObjective(alpha: 0, epsilon: 0.2, keepsMask: true, below: 2)
    let ours = Self.gradients(objective, whole, on: batch)
    let lower = try #require(Architecture(text: "dense(12,7) tanh")).network
    let hidden = lower.infer(batch.x, whole.weights[0..<2])
    let upper = Classifier(
      architecture: try #require(Architecture(text: "dense(7,5)")),
      weights: Array(whole.weights[2...]), head: .softmax, classes: Array(0..<5))
    let moved = hidden.adding(
      upper.lossGradient(at: hidden, labels: batch.labels).sign(), scaledBy: 0.2)
    let losses = upper.loss(upper.logits(moved), labels: batch.labels, reduction: .sum).perExample
    for (a, b) in zip(ours.losses, losses) { #expect(abs(a - b) < 1e-5) }
    #expect(ours.gradients.map(\.shape) == whole.weights.map(\.shape))
    #expect(ours.gradients[0].largestMagnitude() > 0)
  }

  /// Adversarial training of a linear model with α = 0 is training against its worst case.
  @Test func onALinearModelTheClosedFormIsTheAttack() throws {
    let classifier = try ToyModels.random("dense(12,1)", head: .sigmoid, classes: 2)
    let batch = Self.batch(classifier)
    let closed = Self.gradients(WorstCaseObjective(epsilon: 0.25), classifier, on: batch)
    let attack = Self.gradients(
      AdversarialObjective(alpha: 0, epsilon: 0.25, keepsMask: false), classifier, on: batch)
    for (a, b) in zip(closed.losses, attack.losses) { #expect(abs(a - b) < 1e-5) }
    for w in 0..<2 {
      for (a, b) in zip(closed.gradients[w].values, attack.gradients[w].values) {
        #expect(abs(a - b) < 1e-5)
      }
    }
  }

  /// The paper's printed objective has one sign for all images: for y = −1 it is no worst case.
  @Test func thePrintedFormulaIsNotTheWorstCaseForNegatives() throws {
    let classifier = try ToyModels.random("dense(12,1)", head: .sigmoid, classes: 2)
    let batch = Self.batch(classifier)
    let ours = Self.gradients(WorstCaseObjective(epsilon: 0.25), classifier, on: batch).losses
    let taken = 0.25 * classifier.weights[0].sumOfMagnitudes()
    let logits = classifier.logits(batch.x).values
    for (i, label) in batch.labels.enumerated() {
      let y: Float = label == 1 ? 1 : -1
      let printed = Self.workspace.tensor([1], [y * (taken - logits[i])]).softplus().values[0]
      #expect((abs(ours[i] - printed) < 1e-5) == (label == 1), "image \(i), y = \(y)")
    }
  }

  @Test(arguments: [NoiseObjective.Shape.sign, .uniform])
  func noiseIsAsLargeAsItSays(_ shape: NoiseObjective.Shape) throws {
    let classifier = try ToyModels.random("dense(500,5)", classes: 5)
    let batch = Self.batch(classifier, count: 40)
    let noise = NoiseObjective(shape, epsilon: 0.25).noise(batch).values
    let mean = noise.reduce(0, +) / Float(noise.count)
    #expect(abs(mean) < 0.01, "noise of mean \(mean)")
    let square = noise.reduce(0) { $0 + $1 * $1 } / Float(noise.count)
    switch shape {
    case .sign: #expect(noise.allSatisfy { abs($0) == 0.25 })
    case .uniform:
      #expect(noise.allSatisfy { abs($0) <= 0.25 })
      #expect(abs(square - 0.0625 / 3) < 1e-3, "mean square \(square)")
    }
  }

  /// The sum of promised gradients is that of the same gradients made at once, bit for bit.
  @Test func gradientsOfMaxoutAddUp() throws {
    let classifier = try ToyModels.random("maxout(12,11,3) dense(11,5)", classes: 5)
    let (one, other) = (Self.batch(classifier), Self.batch(classifier, count: 9))
    let (a, b) = (
      Self.gradients(CleanObjective(), classifier, on: one).gradients,
      Self.gradients(CleanObjective(), classifier, on: other).gradients
    )
    for ((sum, a), b) in zip(zip(summed(a, b), a), b) {
      #expect(sum.values.bits == zip(a.values, b.values).map { $0 + $1 }.bits)
    }
  }
}
