/// Matrices of equally many rows side by side.
public func joinedColumns(_ parts: [Tensor]) -> Tensor {
  guard let first = parts.first else { preconditionFailure("no matrices to put side by side") }
  precondition(
    parts.allSatisfy { $0.rowCount == first.rowCount },
    "matrices of shapes \(parts.map(\.shape)) have different numbers of rows")
  let (rows, width) = (first.rowCount, parts.reduce(0) { $0 + $1.rowLength })
  let result = Tensor(unfilled: [rows, width], in: first.workspace)
  var out = result.storage.floats
  for part in parts {
    let (source, length) = (part.storage.floats, part.rowLength)
    withExtendedLifetime(part) {
      for row in 0..<rows {
        (out + row * width).update(from: source + row * length, count: length)
      }
    }
    out += length
  }
  return result
}

/// A copy of some successive columns of a matrix.
public func columnRange(_ range: Range<Int>, of x: Tensor) -> Tensor {
  let (rows, width) = (x.rowCount, x.rowLength)
  precondition(
    range.lowerBound >= 0 && range.upperBound <= width,
    "columns \(range) are not all in a tensor of shape \(x.shape)")
  let result = Tensor(unfilled: [rows, range.count], in: x.workspace)
  let (source, out) = (x.storage.floats + range.lowerBound, result.storage.floats)
  withExtendedLifetime(x) {
    for row in 0..<rows {
      (out + row * range.count).update(from: source + row * width, count: range.count)
    }
  }
  return result
}
