import CKernels

/// Loops over double precision that one instruction set and one set of threads run.
struct DoubleAlgebra: Sendable {
  let workspace: Workspace
  private let table: DoubleTable

  /// The algebra of a workspace.
  init(_ workspace: Workspace) {
    self.workspace = workspace
    table = DoubleTable(workspace.simd)
  }

  /// `a·b` or `aᵀ·b`: each element is one chain of fused multiply-adds over the inner index in order,
  /// from +0.
  func product(
    _ a: DoubleMatrix, _ b: DoubleMatrix, transposeA: Bool = false
  ) -> DoubleMatrix {
    let (rows, inner) = transposeA ? (a.columns, a.rows) : (a.rows, a.columns)
    precondition(
      inner == b.rows,
      "\(a.rows)×\(a.columns)\(transposeA ? "ᵀ" : "") times \(b.rows)×\(b.columns) do not chain")
    let columns = b.columns
    let strides = transposeA ? (row: 1, column: a.columns) : (row: a.columns, column: 1)
    let values = [Double](unsafeUninitializedCapacity: rows * columns) { c, count in
      count = rows * columns
      guard count > 0 else { return }
      a.values.withUnsafeBufferPointer { a in
        b.values.withUnsafeBufferPointer { b in
          guard let c = c.baseAddress else { return }
          guard let a = a.baseAddress, let b = b.baseAddress else {
            return c.update(repeating: 0, count: count)
          }
          workspace.parallelRuns(of: rows, each: 16) { start, taken in
            table.pointee.product(
              a + start * strides.row, strides.row, strides.column, b, columns,
              c + start * columns, columns, taken, columns, inner)
          }
        }
      }
    }
    return DoubleMatrix(rows, columns, values)
  }

  /// eˣ of each number; 2 units in the last place.
  func exp(_ x: [Double]) -> [Double] { applied(x, table.pointee.exp) }

  /// The natural logarithm of each number; 2 units in the last place.
  func log(_ x: [Double]) -> [Double] { applied(x, table.pointee.log) }

  /// The cumulative normal distribution and its density at `count` numbers; on the calling thread.
  func normal(
    _ z: UnsafePointer<Double>, _ cumulative: UnsafeMutablePointer<Double>,
    _ density: UnsafeMutablePointer<Double>, count: Int
  ) { table.pointee.normal(z, cumulative, density, count) }

  /// The cumulative normal distribution and its density.
  func normal(_ z: [Double]) -> (cumulative: [Double], density: [Double]) {
    var (cumulative, density) = (z, z)
    normal(z, &cumulative, &density, count: z.count)
    return (cumulative, density)
  }

  private func applied(
    _ x: [Double], _ loop: (UnsafeMutablePointer<Double>, Int) -> Void
  ) -> [Double] {
    var result = x
    result.withUnsafeMutableBufferPointer { values in
      guard let start = values.baseAddress else { return }
      workspace.parallelRuns(of: values.count, each: 4096) { loop(start + $0, $1) }
    }
    return result
  }
}
