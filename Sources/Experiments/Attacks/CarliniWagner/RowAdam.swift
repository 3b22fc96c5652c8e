import Kernels

/// Adam in which each row of a matrix is optimised by itself, and may begin anew when it likes.
///
/// The arithmetic is that of `Adam`; only that each row counts its own steps.
struct RowAdam {
  private static let beta1: Float = 0.9
  private static let beta2: Float = 0.999
  private static let epsilon: Float = 1e-8

  private var first: Tensor
  private var second: Tensor
  /// β₁ᵗ and β₂ᵗ of each row, t being the steps it has made.
  private var powers: [(Double, Double)]

  /// Optimisers for each row of a matrix of this shape, at their start.
  init(_ shape: [Int], in workspace: Workspace) {
    first = workspace.tensor(shape)
    second = first
    powers = Array(repeating: (1, 1), count: shape[0])
  }

  /// One step of every row with learning rate η.
  mutating func step(_ weights: inout Tensor, gradient: Tensor, learningRate: Float) {
    first = (gradient * (1 - Self.beta1)).adding(first, scaledBy: Self.beta1)
    second = ((gradient * gradient) * (1 - Self.beta2)).adding(second, scaledBy: Self.beta2)
    for row in powers.indices {
      powers[row].0 *= Double(Self.beta1)
      powers[row].1 *= Double(Self.beta2)
    }
    let corrected = first.timesRows(by: powers.map { Float(1 / (1 - $0.0)) })
    let squares = second.timesRows(by: powers.map { Float(1 / (1 - $0.1)) })
    weights = weights - (corrected / (squares.squareRoots() + Self.epsilon)) * learningRate
  }

  /// Forgets what one row has seen.
  mutating func restart(_ row: Int) {
    powers[row] = (1, 1)
    first.setRow(row, with: 0)
    second.setRow(row, with: 0)
  }

  /// Keeps some rows and no others, in this order.
  mutating func keep(_ rows: [Int]) {
    first = first.gathered(rows: rows)
    second = second.gathered(rows: rows)
    powers = rows.map { powers[$0] }
  }
}

extension Tensor {
  /// Sets every element of a row of a matrix.
  fileprivate mutating func setRow(_ row: Int, with value: Float) {
    let width = shape[1]
    withUnsafeMutableBuffer { values in
      values.baseAddress.map { ($0 + row * width).update(repeating: value, count: width) }
    }
  }
}
