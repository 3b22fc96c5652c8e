import Kernels

/// Lists of tensors as a checkpoint keeps them, `prefix.0`, `prefix.1` and so on.
extension TensorBundle {
  /// Adds the tensors of a list.
  package mutating func add(_ prefix: String, _ tensors: [Tensor]) {
    for (i, tensor) in tensors.enumerated() {
      arrays["\(prefix).\(i)"] = NumericArray(shape: tensor.shape, .float32(tensor.values))
    }
  }

  /// The tensors of a list; nil if one is missing or has another shape than its example.
  package func tensors(_ prefix: String, like examples: [Tensor]) -> [Tensor]? {
    var tensors: [Tensor] = []
    for (i, example) in examples.enumerated() {
      guard let array = arrays["\(prefix).\(i)"], array.shape == example.shape,
        let values = array.floats
      else { return nil }
      tensors.append(example.workspace.tensor(example.shape, values))
    }
    return tensors
  }
}
