/// A matrix in double precision, row by row: what the linear algebra of Gaussian processes is done in.
struct DoubleMatrix: Sendable, Hashable {
  let rows: Int
  let columns: Int
  /// The numbers, row by row.
  var values: [Double]

  /// A matrix of given numbers.
  init(_ rows: Int, _ columns: Int, _ values: [Double]) {
    precondition(
      values.count == rows * columns, "\(values.count) values do not fill \(rows)×\(columns)")
    (self.rows, self.columns, self.values) = (rows, columns, values)
  }

  /// A matrix of zeros.
  init(_ rows: Int, _ columns: Int) {
    self.init(rows, columns, [Double](repeating: 0, count: rows * columns))
  }

  /// The numbers of a tensor, with all but the last axis as rows.
  init(_ tensor: Tensor) {
    let columns = tensor.shape.last ?? 1
    self.init(
      tensor.count / max(columns, 1), columns,
      tensor.withUnsafeBuffer { $0.map(Double.init) })
  }

  subscript(row: Int, column: Int) -> Double {
    get { values[row * columns + column] }
    set { values[row * columns + column] = newValue }
  }

  /// Rows become columns.
  var transposed: DoubleMatrix {
    let (rows, columns) = (rows, columns)
    let turned = [Double](unsafeUninitializedCapacity: values.count) { target, count in
      values.withUnsafeBufferPointer { source in
        for i in 0..<rows {
          for j in 0..<columns { target[j * rows + i] = source[i * columns + j] }
        }
      }
      count = values.count
    }
    return DoubleMatrix(columns, rows, turned)
  }

  /// The rows of a range.
  func rows(_ range: Range<Int>) -> DoubleMatrix {
    DoubleMatrix(
      range.count, columns, Array(values[range.lowerBound * columns..<range.upperBound * columns]))
  }

  /// The square root of each number.
  var squareRoots: DoubleMatrix { DoubleMatrix(rows, columns, values.map { $0.squareRoot() }) }

  /// The sums of the rows, in column order.
  var rowSums: [Double] {
    (0..<rows).map { values[$0 * columns..<($0 + 1) * columns].reduce(0, +) }
  }

  /// The sums of the columns, in row order.
  var columnSums: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    for i in 0..<rows {
      for j in 0..<columns { sums[j] += values[i * columns + j] }
    }
    return sums
  }

  /// Each number beside that of another matrix of this shape.
  func combined(
    with other: DoubleMatrix, _ combine: (Double, Double) -> Double
  ) -> DoubleMatrix {
    precondition(
      rows == other.rows && columns == other.columns,
      "\(rows)×\(columns) does not go with \(other.rows)×\(other.columns)")
    return DoubleMatrix(rows, columns, zip(values, other.values).map(combine))
  }

  /// Column j times `factors[j]`.
  func scalingColumns(by factors: [Double]) -> DoubleMatrix {
    precondition(factors.count == columns, "\(factors.count) factors for \(columns) columns")
    var result = self
    result.values.withUnsafeMutableBufferPointer { values in
      factors.withUnsafeBufferPointer { factors in
        for i in 0..<rows {
          for j in 0..<columns { values[i * columns + j] *= factors[j] }
        }
      }
    }
    return result
  }

  /// Row i times `factors[i]`.
  func scalingRows(by factors: [Double]) -> DoubleMatrix {
    precondition(factors.count == rows, "\(factors.count) factors for \(rows) rows")
    var result = self
    result.values.withUnsafeMutableBufferPointer { values in
      for i in 0..<rows {
        for j in 0..<columns { values[i * columns + j] *= factors[i] }
      }
    }
    return result
  }

  /// The numbers, rounded to single precision, under a shape.
  func tensor(_ shape: [Int], in workspace: Workspace) -> Tensor {
    workspace.tensor(shape, values.map { Float($0) })
  }
}

func + (a: DoubleMatrix, b: DoubleMatrix) -> DoubleMatrix { a.combined(with: b, +) }
func - (a: DoubleMatrix, b: DoubleMatrix) -> DoubleMatrix { a.combined(with: b, -) }
func * (a: DoubleMatrix, b: Double) -> DoubleMatrix {
  DoubleMatrix(a.rows, a.columns, a.values.map { $0 * b })
}
