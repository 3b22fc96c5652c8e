import Kernels
import Testing

@testable import Attacks
@testable import Models

/// Logits, losses, input gradients and FGSM against PyTorch in double precision.
///
/// `Tests/Oracles/pytorch_fgsm.py` wrote the numbers, from weights and pixels that both sides make
/// by the same formula.
@Suite struct PyTorchOracleTests {
  struct Case: Decodable {
    let name: String
    let salt: Int
    let logits: [Double]
    let losses: [Double]
    let gradient: [Double]
    let attackedLogits: [Double]
    let attackedLosses: [Double]
  }

  static let (images, inputs) = (6, 20)
  static let architectures = [
    "maxout": ("maxout(20,6,3) maxout(6,5,2) dense(5,4)", 1),
    "smooth": ("dense(20,7) tanh dense(7,6) sigmoid dense(6,3)", 11),
    "logistic": ("dense(20,1)", 21),
  ]

  static func cases() throws -> [Case] { try OracleFile.read("pytorch_fgsm.json") }

  /// Multiples of 1/2048 from −1 to 1, by a multiplicative hash of the index.
  static func numbers(_ shape: [Int], salt: Int) -> Tensor {
    let values = (0..<shape.reduce(1, *)).map { i -> Float in
      let hash = ((i + 1) * 2_654_435_761 + salt * 40503) % (1 << 32)
      return Float(hash >> 20) / 2048 - 1
    }
    return ToyModels.workspace.tensor(shape, values)
  }

  /// The images of all oracles, `[images, inputs]`: multiples of 1/256 in 0…1.
  static func pixels(salt: Int) -> Tensor {
    let spread = numbers([images, inputs], salt: salt)
    return ToyModels.workspace.tensor(
      spread.shape, spread.values.map { (($0 + 1) * 128).rounded(.down) / 256 })
  }

  static func model(_ name: String) throws -> Classifier {
    let (text, salt) = try #require(architectures[name])
    let architecture = try #require(Architecture(text: text))
    let shapes = architecture.network.weightShapes
    let outputs = shapes.last?.first ?? 0
    return Classifier(
      architecture: architecture,
      weights: shapes.enumerated().map { numbers($1, salt: salt + $0) },
      head: outputs == 1 ? .sigmoid : .softmax, classes: Array(0..<max(outputs, 2)))
  }

  /// Single precision with sums of twenty terms of size 1 and derivatives up to 10.
  static func expectClose(_ ours: [Float], _ theirs: [Double], _ what: String) {
    #expect(ours.count == theirs.count, "\(what)")
    for (i, (our, their)) in zip(ours, theirs).enumerated() {
      #expect(abs(Double(our) - their) <= 2e-6 + 2e-6 * abs(their), "\(what), number \(i)")
    }
  }

  @Test(arguments: architectures.keys.sorted())
  func theNumbersAreThoseOfPyTorch(_ name: String) throws {
    let theirs = try #require(try Self.cases().first { $0.name == name })
    let model = try Self.model(name)
    let labels = (0..<Self.images).map { $0 % model.classes.count }
    let x = Self.pixels(salt: theirs.salt)
    let logits = model.logits(x)
    Self.expectClose(logits.values, theirs.logits, "logits")
    Self.expectClose(
      model.loss(logits, labels: labels, reduction: .sum).perExample, theirs.losses, "losses")
    let gradient = model.lossGradient(at: x, labels: labels)
    Self.expectClose(gradient.values, theirs.gradient, "gradient")
    let ball = LInfBall(epsilon: 0.25)
    let attacked = model.logits(
      FGSM(ball).perturb(
        x, rows: 0..<Self.images, labels: labels, against: model,
        seed: Seed(1, stage: "oracle")))
    Self.expectClose(attacked.values, theirs.attackedLogits, "logits under FGSM")
    Self.expectClose(
      model.loss(attacked, labels: labels, reduction: .sum).perExample, theirs.attackedLosses,
      "losses under FGSM")
  }
}
