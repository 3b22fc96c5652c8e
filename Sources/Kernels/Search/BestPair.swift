import CKernels

/// Two columns of a row, the first before the second.
public struct ColumnPair: Hashable, Sendable {
  /// The lower column.
  public let first: Int
  /// The higher column.
  public let second: Int

  /// A pair in this order.
  public init(_ first: Int, _ second: Int) {
    precondition(first < second, "\(first) and \(second) are no pair in ascending order")
    self.first = first
    self.second = second
  }
}

/// For each row, the columns p < q with the largest (a[p] + a[q])·(b[p] + b[q]) among those where both
/// sums are above 0; nil where there is no such pair.
///
/// `a, b: [n, width]`; `open` has a byte for each number, and 0 leaves a column out of its row, as does
/// a number that is not finite. Of equal scores the lowest first column wins, then the lowest second
/// one. Exact, and not quadratic in the width on ordinary numbers: columns that cannot be in the best
/// pair are found without trying theirs. `Reference.bestPair` states the result.
public func bestPairs(_ a: Tensor, _ b: Tensor, open: [UInt8]) -> [ColumnPair?] {
  precondition(
    a.shape == b.shape && a.shape.count == 2 && open.count == a.count,
    "pairs of columns need two matrices of one shape and as many bytes; got \(a.shape), \(b.shape)"
      + " and \(open.count)")
  let (rows, width, workspace) = (a.shape[0], a.shape[1], a.workspace)
  let table = PairTable(workspace.simd)
  let scratch = WorkerFloats(table.pointee.scratch_floats(width), in: workspace)
  var found = [ck_pair](repeating: ck_pair(first: -1, second: -1), count: rows)
  a.withUnsafeBuffer { a in
    b.withUnsafeBuffer { b in
      open.withUnsafeBufferPointer { open in
        found.withUnsafeMutableBufferPointer { found in
          guard let a = a.baseAddress, let b = b.baseAddress, let open = open.baseAddress,
            let found = found.baseAddress
          else { return }
          // Each shard writes its own element.
          nonisolated(unsafe) let out = found
          workspace.parallel(rows) { row, worker in
            let start = row * width
            out[row] = table.pointee.best(
              a + start, b + start, open + start, width, scratch.of(worker))
          }
        }
      }
    }
  }
  return found.map { $0.first < 0 ? nil : ColumnPair(Int($0.first), Int($0.second)) }
}
