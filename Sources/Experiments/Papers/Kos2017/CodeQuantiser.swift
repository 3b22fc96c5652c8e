import Kernels

/// Codes as whole numbers of a few bits each: what is sent over the line.
struct CodeQuantiser: Sendable {
  /// Bits of a number.
  let bits: Int
  private let low: [Float]
  private let step: [Float]

  /// A quantiser whose levels span what each number of these codes does.
  init(_ codes: Tensor, bits: Int) {
    self.bits = bits
    let (values, width) = (codes.values, codes.shape[1])
    var low = [Float](repeating: .infinity, count: width)
    var high = low.map { -$0 }
    for (i, value) in values.enumerated() {
      low[i % width] = min(low[i % width], value)
      high[i % width] = max(high[i % width], value)
    }
    let levels = Float(1 << bits - 1)
    self.low = low
    step = zip(low, high).map { max($1 - $0, .leastNormalMagnitude) / levels }
  }

  /// The levels of each code, 0 ..< 2^bits.
  func sent(_ codes: Tensor) -> [UInt32] {
    let levels = Float(1 << bits - 1)
    return codes.values.enumerated().map { i, value in
      let place = i % low.count
      return UInt32(min(max(((value - low[place]) / step[place]).rounded(), 0), levels))
    }
  }

  /// The codes that the receiver takes the levels for.
  func received(_ levels: [UInt32], in workspace: Workspace) -> Tensor {
    let values = levels.enumerated().map { i, level in
      low[i % low.count] + Float(level) * step[i % low.count]
    }
    return workspace.tensor([levels.count / low.count, low.count], values)
  }
}
