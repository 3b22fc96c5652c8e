import CKernels

extension Tensor {
  /// Reduces runs of fixed length to a number each, and these by the same rule until one is left.
  private func reduced(
    _ first: (UnsafePointer<Float>, Int) -> Float,
    then combine: (UnsafePointer<Float>, Int) -> Float
  ) -> Float {
    guard count > elementRun else {
      return withExtendedLifetime(self) { first(storage.floats, count) }
    }
    let partial = Tensor(unfilled: [(count + elementRun - 1) / elementRun], in: workspace)
    let (source, out) = (storage.floats, partial.storage.floats)
    withExtendedLifetime(self) {
      workspace.parallelRuns(of: count, each: elementRun) { start, count in
        out[start / elementRun] = first(source + start, count)
      }
    }
    return partial.reduced(combine, then: combine)
  }

  /// The sum of all elements, in an order that depends on their number alone.
  public func sum() -> Float {
    reduced(workspace.kernels.pointee.sum, then: workspace.kernels.pointee.sum)
  }

  /// The sum of the squares of all elements.
  public func sumOfSquares() -> Float {
    reduced(workspace.kernels.pointee.sum_of_squares, then: workspace.kernels.pointee.sum)
  }

  /// The sum of the absolute values of all elements.
  public func sumOfMagnitudes() -> Float {
    reduced(workspace.kernels.pointee.sum_of_magnitudes, then: workspace.kernels.pointee.sum)
  }

  /// The largest absolute value of an element, 0 if there is none.
  public func largestMagnitude() -> Float {
    let largest = workspace.kernels.pointee.largest_magnitude
    return reduced(largest, then: largest)
  }

  /// Whether no element is infinite or not-a-number.
  public var isFinite: Bool { withUnsafeBuffer { $0.allSatisfy(\.isFinite) } }

  /// The sum within each index of the leading axis, whatever the others hold.
  public func rowSums() -> [Float] { reducedRows(workspace.kernels.pointee.sum) }

  /// The sum of squares within each index of the leading axis, whatever the others hold.
  public func rowSumsOfSquares() -> [Float] {
    reducedRows(workspace.kernels.pointee.sum_of_squares)
  }

  private func reducedRows(_ kernel: (UnsafePointer<Float>, Int) -> Float) -> [Float] {
    let (rows, length) = (rowCount, rowLength)
    var sums = [Float](repeating: 0, count: rows)
    sums.withUnsafeMutableBufferPointer { sums in
      guard let out = sums.baseAddress else { return }
      withExtendedLifetime(self) {
        workspace.parallelRuns(of: rows, each: max(1, elementRun / max(1, length))) {
          first, count in
          for row in first..<first + count {
            out[row] = kernel(storage.floats + row * length, length)
          }
        }
      }
    }
    return sums
  }

  /// The index of the largest element of each row, the first of equals: a classifier's prediction.
  public func rowArgmax() -> [Int] {
    let (rows, columns) = matrixShape
    precondition(columns > 0, "rows of a tensor of shape \(shape) have no largest element")
    return withUnsafeBuffer { values in
      (0..<rows).map { row in
        var best = 0
        for j in 1..<max(columns, 1) where values[row * columns + j] > values[row * columns + best]
        {
          best = j
        }
        return best
      }
    }
  }
}

/// The sum of each column of a matrix, added in row order: `[n, m]` to `[m]`.
public func columnSums(_ x: Tensor) -> Tensor {
  let (rows, columns) = x.matrixShape
  let result = Tensor(unfilled: [columns], in: x.workspace)
  let (source, out) = (x.storage.floats, result.storage.floats)
  let kernel = x.workspace.kernels.pointee.column_sums
  withExtendedLifetime(x) {
    x.workspace.parallelRuns(of: columns, each: 256) { start, count in
      kernel(source + start, rows, columns, count, out + start)
    }
  }
  return result
}
