/// Named arrays with a shape each, and a few words about them.
package struct TensorBundle: Hashable, Sendable {
  /// The arrays by name.
  ///
  /// Weights carry PyTorch's names, such as `layers.0.weight`.
  package var arrays: [String: NumericArray]
  /// Text about the arrays, such as the architecture they belong to.
  package var metadata: [String: String]

  /// Arrays and the words about them.
  package init(_ arrays: [String: NumericArray], metadata: [String: String] = [:]) {
    self.arrays = arrays
    self.metadata = metadata
  }
}

/// A dense array in row-major order, of one of the three element types that artifacts use.
package struct NumericArray: Hashable, Sendable {
  /// The numbers themselves.
  package enum Elements: Hashable, Sendable {
    /// Pixels as stored in image files, 0…255, and class labels.
    case uint8([UInt8])
    /// Counts and indices.
    case int32([Int32])
    /// Everything computed.
    case float32([Float])
  }

  /// Sizes, slowest axis first; empty for a single number.
  package let shape: [Int]
  /// As many numbers as the sizes multiply to.
  package let elements: Elements

  /// Checks that the shape and the number of elements agree.
  package init(shape: [Int], _ elements: Elements) {
    self.shape = shape
    self.elements = elements
    precondition(
      shape.reduce(1, *) == count, "an array of shape \(shape) cannot hold \(count) elements")
  }

  /// How many numbers there are.
  package var count: Int {
    switch elements {
    case .uint8(let values): values.count
    case .int32(let values): values.count
    case .float32(let values): values.count
    }
  }

  /// The numbers, if they are bytes.
  package var bytes: [UInt8]? { if case .uint8(let values) = elements { values } else { nil } }
  /// The numbers, if they are integers.
  package var integers: [Int32]? { if case .int32(let values) = elements { values } else { nil } }
  /// The numbers, if they are floats.
  package var floats: [Float]? { if case .float32(let values) = elements { values } else { nil } }
}
