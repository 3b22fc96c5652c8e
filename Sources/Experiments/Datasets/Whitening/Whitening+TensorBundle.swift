import Contract
import Kernels

extension Whitening {
  /// The artifact `whitening`: the arrays `mean`, `[pixels]`, and `matrix`, `[pixels, pixels]`.
  package var bundle: TensorBundle {
    TensorBundle(
      [
        "mean": NumericArray(shape: [mean.count], .float32(mean)),
        "matrix": NumericArray(shape: matrix.shape, .float32(matrix.values)),
      ],
      metadata: ["norm": "\(norm)", "bias": "\(bias)"])
  }

  /// The whitening in an artifact `whitening`.
  package init(_ bundle: TensorBundle, in workspace: Workspace) throws(StageFailure) {
    guard let mean = bundle.arrays["mean"], let matrix = bundle.arrays["matrix"],
      let means = mean.floats, let elements = matrix.floats,
      mean.shape.count == 1, matrix.shape == [mean.count, mean.count]
    else {
      let found = bundle.arrays.keys.sorted()
        .map { "\($0) \(bundle.arrays[$0]?.shape ?? [])" }.joined(separator: ", ")
      throw StageFailure(
        .data,
        "a whitening must hold floats ‘mean’ [pixels] and ‘matrix’ [pixels, pixels]; found \(found)"
      )
    }
    self.init(
      norm: try Self.number("norm", in: bundle), bias: try Self.number("bias", in: bundle),
      mean: means, matrix: workspace.tensor(matrix.shape, elements))
  }

  private static func number(
    _ name: String, in bundle: TensorBundle
  ) throws(StageFailure) -> Double {
    guard let value = bundle.metadata[name].flatMap(Double.init), value.isFinite, value > 0 else {
      let found = bundle.metadata[name].map { "‘\($0)’" } ?? "nothing"
      throw StageFailure(
        .data, "a whitening must say its ‘\(name)’: found \(found), expected a number above 0")
    }
    return value
  }
}

extension StageInput {
  /// The whitening of a whitening stage.
  package func whitening(in workspace: Workspace) throws(StageFailure) -> Whitening {
    try Whitening(tensors("whitening"), in: workspace)
  }
}
