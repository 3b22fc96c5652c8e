extension Tensor {
  /// A copy of some successive indices of the leading axis.
  public func rows(_ range: Range<Int>) -> Tensor {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= rowCount,
      "rows \(range) are not all in a tensor of shape \(shape)")
    let result = Tensor(unfilled: [range.count] + shape.dropFirst(), in: workspace)
    withUnsafeBuffer { source in
      guard let base = source.baseAddress else { return }
      result.storage.floats.update(from: base + range.lowerBound * rowLength, count: result.count)
    }
    return result
  }

  /// A copy of any indices of the leading axis, in the order given.
  public func gathered(rows: [Int]) -> Tensor {
    let (length, count) = (rowLength, rowCount)
    precondition(
      rows.allSatisfy { (0..<count).contains($0) },
      "the rows to gather are not all in a tensor of shape \(shape)")
    let result = Tensor(unfilled: [rows.count] + shape.dropFirst(), in: workspace)
    let (source, out) = (storage.floats, result.storage.floats)
    withExtendedLifetime(self) {
      for (i, row) in rows.enumerated() {
        (out + i * length).update(from: source + row * length, count: length)
      }
    }
    return result
  }
}

/// Rows of bytes as numbers from 0 to 1: each byte divided by 255 and rounded correctly.
///
/// The result has shape `[rows.count, rowLength]`.
public func gatherPixels(
  _ pixels: [UInt8], rowLength: Int, rows: some RandomAccessCollection<Int>, in workspace: Workspace
) -> Tensor {
  precondition(
    rowLength > 0 && pixels.count % rowLength == 0,
    "\(pixels.count) bytes are not whole rows of \(rowLength)")
  let count = pixels.count / rowLength
  let result = Tensor(unfilled: [rows.count, rowLength], in: workspace)
  let out = result.storage.floats
  pixels.withUnsafeBufferPointer { pixels in
    guard let base = pixels.baseAddress else { return }
    for (i, row) in rows.enumerated() {
      precondition((0..<count).contains(row), "there is no row \(row) among \(count)")
      workspace.kernels.pointee.unit_range(base + row * rowLength, out + i * rowLength, rowLength)
    }
  }
  return result
}
