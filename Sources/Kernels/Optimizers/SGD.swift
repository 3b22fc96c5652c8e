/// Stochastic gradient descent with momentum: v ← μ·v − η·g, then w ← w + v.
///
/// With a cap, each row of weights with two or more axes (the incoming weights of one unit, or the
/// kernel of one output channel) that is longer than the cap after the update is scaled back to it;
/// biases are left alone. Each tensor may have a cap of its own, and a factor to the learning rate.
public struct SGD: Sendable {
  /// The velocities, one for each weight tensor: the state to keep in a checkpoint.
  public private(set) var velocity: [Tensor]
  private let normCaps: [Float?]
  private let rateFactors: [Float]

  /// An optimiser at rest, or resumed with the velocities of a checkpoint, and the same cap and rate
  /// for all weights.
  public init(weights: [Tensor], columnNormCap: Float? = nil, velocity: [Tensor]? = nil) {
    self.init(
      weights: weights, normCaps: weights.map { _ in columnNormCap },
      rateFactors: weights.map { _ in 1 }, velocity: velocity)
  }

  /// An optimiser with a cap and a factor to the learning rate for each weight tensor.
  public init(
    weights: [Tensor], normCaps: [Float?], rateFactors: [Float], velocity: [Tensor]? = nil
  ) {
    precondition(
      normCaps.allSatisfy { $0.map { $0 > 0 } ?? true }, "a norm cap must be positive")
    precondition(
      normCaps.count == weights.count && rateFactors.count == weights.count,
      "\(normCaps.count) caps and \(rateFactors.count) factors for \(weights.count) weights")
    self.velocity = velocity ?? weights.map { $0.workspace.tensor($0.shape) }
    self.normCaps = normCaps
    self.rateFactors = rateFactors
    precondition(
      self.velocity.map(\.shape) == weights.map(\.shape),
      "velocities \(self.velocity.map(\.shape)) for weights \(weights.map(\.shape))")
  }

  /// One step with learning rate η and momentum μ.
  public mutating func step(
    _ weights: inout [Tensor], gradients: [Tensor], learningRate: Float, momentum: Float
  ) {
    precondition(
      gradients.map(\.shape) == weights.map(\.shape)
        && velocity.map(\.shape) == weights.map(\.shape),
      "gradients \(gradients.map(\.shape)) for weights \(weights.map(\.shape))")
    for i in weights.indices {
      let hasRows = weights[i].shape.count >= 2
      let columns = hasRows ? weights[i].rowLength : weights[i].count
      guard columns > 0 else { continue }
      let cap = hasRows ? normCaps[i] ?? 0 : 0
      let rate = learningRate * rateFactors[i]
      let workspace = weights[i].workspace
      let (kernel, rows) = (workspace.kernels.pointee.sgd, weights[i].count / columns)
      let gradient = gradients[i]
      weights[i].withUnsafeMutableBuffer { w in
        velocity[i].withUnsafeMutableBuffer { v in
          guard let w = w.baseAddress, let v = v.baseAddress else { return }
          func update(_ row: Int, _ count: Int, _ g: UnsafePointer<Float>) {
            let offset = row * columns
            kernel(w + offset, v + offset, g, count, columns, rate, momentum, cap)
          }
          if let promise = gradient.storage.promise, promise.rowLength == columns {
            promise.forEachShard(in: workspace) { rows, g in update(rows.lowerBound, rows.count, g)
            }
            return
          }
          gradient.withUnsafeBuffer { g in
            guard let g = g.baseAddress else { return }
            workspace.parallelRuns(of: rows, each: max(1, elementRun / columns)) { row, count in
              update(row, count, g + row * columns)
            }
          }
        }
      }
    }
  }
}
