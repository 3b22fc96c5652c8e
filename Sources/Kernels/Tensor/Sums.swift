/// The sums of two lists of equally shaped tensors, one by one.
///
/// Where both of a pair are rows that are only promised, so is their sum: an optimiser that takes
/// them a few rows at a time never sees either gradient whole.
public func summed(_ a: [Tensor], _ b: [Tensor]) -> [Tensor] {
  precondition(
    a.map(\.shape) == b.map(\.shape),
    "tensors of shapes \(a.map(\.shape)) and \(b.map(\.shape)) do not add up")
  return zip(a, b).map { a, b in
    guard let first = a.storage.promise, let second = b.storage.promise,
      first.hasParts(of: second)
    else { return a + b }
    return Tensor(first.adding(second, in: a.workspace), in: a.workspace)
  }
}

extension RowPromise {
  /// Whether both are made in the same parts.
  fileprivate func hasParts(of other: RowPromise) -> Bool {
    shards == other.shards && rowsPerShard == other.rowsPerShard && rowLength == other.rowLength
  }

  /// Rows that are each a row of this promise plus the same row of another.
  fileprivate func adding(_ other: RowPromise, in workspace: Workspace) -> RowPromise {
    let floats = (rowsPerShard * rowLength + 15) / 16 * 16
    let memory = Storage(bytes: floats * workspace.threads * 4, in: workspace)
    let add = workspace.kernels.pointee.add
    return RowPromise(
      shards: shards, rowsPerShard: rowsPerShard, rowCount: rowCount, rowLength: rowLength
    ) { shard, worker, out in
      let own = memory.floats + worker * floats
      make(shard, worker, out)
      other.make(shard, worker, own)
      add(out, own, out, rows(shard).count * rowLength)
    }
  }
}
