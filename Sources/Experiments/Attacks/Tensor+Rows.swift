import Kernels

extension Tensor {
  /// A matrix whose rows are filled one by one, each told its place.
  static func fillingRows(
    like shape: Tensor, _ positions: [Int], _ fill: (_ row: Int, _ position: Int) -> [Float]
  ) -> Tensor {
    precondition(
      positions.count == shape.shape[0], "\(positions.count) places for rows of \(shape.shape)")
    return shape.workspace.tensor(
      shape.shape, positions.enumerated().flatMap { fill($0, $1) })
  }

  /// Each row of a matrix times a number of its own.
  func timesRows(by factors: [Float]) -> Tensor {
    self
      * Tensor.fillingRows(like: self, Array(factors.indices)) { row, _ in
        [Float](repeating: factors[row], count: shape[1])
      }
  }

  /// The largest element of each row of a matrix, at least 0.
  func rowPeaks() -> [Float] {
    let width = shape[1]
    return withUnsafeBuffer { values in
      stride(from: 0, to: values.count, by: width).map { start in
        values[start..<start + width].reduce(0) { max($0, $1) }
      }
    }
  }

  /// Values clipped to 0…1, if so wished.
  func inBox(_ clips: Bool) -> Tensor { clips ? clamped(to: 0...1) : self }

  /// Sets a row of a matrix to a row of another of the same width.
  mutating func copyRow(_ row: Int, from other: Tensor, row source: Int) {
    let width = shape[1]
    withUnsafeMutableBuffer { to in
      other.withUnsafeBuffer { from in
        guard let to = to.baseAddress, let from = from.baseAddress else { return }
        (to + row * width).update(from: from + source * width, count: width)
      }
    }
  }
}
