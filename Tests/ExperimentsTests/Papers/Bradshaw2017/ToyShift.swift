import Kernels

@testable import Contract
@testable import Datasets

/// Two models of the toy digits, one of them with two replicates, and another data set.
enum ToyShift {
  /// The toy digits upside down, under another name.
  static let other: DigitImages = {
    let test = ToyDigits.parts.test.subset(0..<60)
    let turned = LabelledImages(
      images: (0..<test.count).flatMap { test.image($0).reversed() }, labels: test.labels,
      height: test.height, width: test.width)
    let none = turned.subset(0..<0)
    return DigitImages(name: "turned", train: none, validation: none, test: turned)
  }()

  static func models() throws -> [StageInput] {
    let softmax = try ToyDigits.softmax.get()
    var less = softmax
    let model = try softmax.classifier()
    less.artifacts["weights"] = .tensors(model.with(model.weights.map { $0 * 0.5 }).bundle)
    return [
      StageInput(stage: "plain@1", output: softmax), StageInput(stage: "plain@2", output: less),
      StageInput(stage: "hybrid", output: try ToyDigits.maxout.get()),
    ]
  }

  static func inputs() throws -> [String: [StageInput]] {
    let turned = StageInput(
      stage: "turned-digits",
      output: StageOutput(
        artifacts: ["digits": .tensors(other.bundle)], conditions: other.conditions))
    return ["sets": [ToyDigits.input, turned], "models": try models()]
  }
}
