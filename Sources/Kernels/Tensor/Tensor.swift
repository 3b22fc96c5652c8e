/// A dense array of `Float` in row-major order, with value semantics.
///
/// Its memory comes from a workspace and returns there, so a loop that makes the same tensors again
/// asks the system for nothing. Copies share memory until one of them is written.
public struct Tensor: Sendable {
  /// Sizes, slowest axis first; empty for a single number.
  public let shape: [Int]
  /// How many numbers there are.
  public let count: Int
  private(set) var storage: Storage

  /// A tensor of unknown content, to be filled before anybody sees it.
  init(unfilled shape: [Int], in workspace: Workspace) {
    precondition(shape.allSatisfy { $0 >= 0 }, "\(shape) is no shape")
    self.shape = shape
    self.count = shape.reduce(1, *)
    self.storage = Storage(bytes: count * MemoryLayout<Float>.stride, in: workspace)
  }

  /// A matrix whose rows are made when they are needed.
  init(_ promise: RowPromise, in workspace: Workspace) {
    shape = [promise.rowCount, promise.rowLength]
    count = promise.rowCount * promise.rowLength
    storage = Storage(promise, in: workspace)
  }

  private init(shape: [Int], sharing other: Tensor) {
    self.shape = shape
    self.count = other.count
    self.storage = other.storage
  }

  /// The workspace that lends the memory and computes with it.
  public var workspace: Workspace { storage.workspace }

  /// The numbers, copied out of or into the tensor.
  public var values: [Float] {
    get { withUnsafeBuffer { Array($0) } }
    set {
      precondition(
        newValue.count == count, "\(newValue.count) values do not fill a tensor of shape \(shape)")
      withUnsafeMutableBuffer { $0.baseAddress?.update(from: newValue, count: newValue.count) }
    }
  }

  /// Lends the numbers for reading.
  public func withUnsafeBuffer<R>(_ body: (UnsafeBufferPointer<Float>) throws -> R) rethrows -> R {
    try withExtendedLifetime(storage) {
      try body(UnsafeBufferPointer(start: storage.floats, count: count))
    }
  }

  /// Lends the numbers for writing; other copies keep what they have.
  public mutating func withUnsafeMutableBuffer<R>(
    _ body: (UnsafeMutableBufferPointer<Float>) throws -> R
  ) rethrows -> R {
    if !isKnownUniquelyReferenced(&storage) {
      let copy = Storage(bytes: count * MemoryLayout<Float>.stride, in: workspace)
      copy.floats.update(from: storage.floats, count: count)
      storage = copy
    }
    return try body(UnsafeMutableBufferPointer(start: storage.floats, count: count))
  }

  /// The same numbers under another shape; shares the memory.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(
      shape.reduce(1, *) == count, "a tensor of shape \(self.shape) cannot take shape \(shape)")
    return Tensor(shape: shape, sharing: self)
  }

  /// The size of the leading axis.
  var rowCount: Int {
    guard let rows = shape.first else { preconditionFailure("a single number has no rows") }
    return rows
  }

  /// How many numbers one index of the leading axis holds.
  var rowLength: Int { shape.dropFirst().reduce(1, *) }

  /// The rows and columns of a tensor with two axes.
  var matrixShape: (rows: Int, columns: Int) {
    precondition(shape.count == 2, "a matrix has two axes, unlike shape \(shape)")
    return (shape[0], shape[1])
  }
}

extension Workspace {
  /// A tensor of zeros.
  public func tensor(_ shape: [Int]) -> Tensor {
    var result = Tensor(unfilled: shape, in: self)
    result.withUnsafeMutableBuffer { $0.update(repeating: 0) }
    return result
  }

  /// A tensor of given numbers.
  public func tensor(_ shape: [Int], _ values: [Float]) -> Tensor {
    precondition(
      shape.reduce(1, *) == values.count,
      "\(values.count) values do not fill a tensor of shape \(shape)")
    var result = Tensor(unfilled: shape, in: self)
    result.values = values
    return result
  }
}
