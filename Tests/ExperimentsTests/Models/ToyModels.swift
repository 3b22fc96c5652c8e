import Kernels
import Testing

@testable import Models

/// Small classifiers with known weights, on a workspace of one thread unless another is given.
enum ToyModels {
  static let workspace = Workspace(threads: 1)

  /// One affine map under a softmax; `rows` has a row of weights for each class.
  static func softmax(_ rows: [[Float]], bias: [Float]) -> Classifier {
    let inputs = rows[0].count
    return Classifier(
      architecture: Architecture([Dense(inputs: inputs, outputs: rows.count)]),
      weights: [
        workspace.tensor([rows.count, inputs], rows.flatMap { $0 }),
        workspace.tensor([rows.count], bias),
      ], head: .softmax, classes: Array(0..<rows.count))
  }

  /// Logistic regression of the digits 3 and 7.
  static func logistic(_ weights: [Float], bias: Float) -> Classifier {
    Classifier(
      architecture: Architecture([Dense(inputs: weights.count, outputs: 1)]),
      weights: [
        workspace.tensor([1, weights.count], weights), workspace.tensor([1], [bias]),
      ], head: .sigmoid, classes: [3, 7])
  }

  /// A network with random weights, biases included.
  static func random(
    _ text: String, head: Classifier.Head = .softmax, classes: Int = 10, range: Float = 0.3,
    in workspace: Workspace = workspace
  ) throws -> Classifier {
    let architecture = try #require(Architecture(text: text))
    let seed = Seed(5, stage: text)
    return Classifier(
      architecture: architecture,
      weights: architecture.network.weightShapes.enumerated().map { i, shape in
        workspace.uniform(shape, from: -range, to: range, seed: seed.forked(i))
      }, head: head, classes: Array(0..<classes))
  }

  /// Numbers spread evenly over 0…1, as pixels are.
  static func uniform(_ shape: [Int], _ name: String) -> Tensor { uniform(shape, 0...1, name) }

  /// Numbers spread evenly over a range, the same for the same name.
  static func uniform(_ shape: [Int], _ range: ClosedRange<Float>, _ name: String) -> Tensor {
    workspace.uniform(
      shape, from: range.lowerBound, to: range.upperBound, seed: Seed(3, stage: name))
  }
}
