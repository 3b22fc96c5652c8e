/// Adadelta (Zeiler 2012, algorithm 1): steps as long as recent steps were, relative to recent
/// gradients.
///
/// s ← ρ·s + (1 − ρ)·g², Δ = √(a + ε) / √(s + ε)·g, a ← ρ·a + (1 − ρ)·Δ², w ← w − η·Δ.
public struct Adadelta: Sendable {
  /// Running means of the squared gradients.
  public private(set) var squares: [Tensor]
  /// Running means of the squared steps.
  public private(set) var steps: [Tensor]
  /// ρ, the share of a mean that survives a step.
  public let rho: Float
  /// ε, added under each root.
  public let epsilon: Float

  /// An optimiser at its start, or resumed with the means of a checkpoint.
  public init(
    weights: [Tensor], squares: [Tensor]? = nil, steps: [Tensor]? = nil, rho: Float = 0.9,
    epsilon: Float = 1e-6
  ) {
    self.squares = squares ?? weights.map { $0.workspace.tensor($0.shape) }
    self.steps = steps ?? weights.map { $0.workspace.tensor($0.shape) }
    precondition(
      self.squares.map(\.shape) == weights.map(\.shape)
        && self.steps.map(\.shape) == weights.map(\.shape),
      "means \(self.squares.map(\.shape)) and \(self.steps.map(\.shape)) for weights"
        + " \(weights.map(\.shape))")
    (self.rho, self.epsilon) = (rho, epsilon)
  }

  /// One step with learning rate η.
  public mutating func step(_ weights: inout [Tensor], gradients: [Tensor], learningRate: Float) {
    precondition(
      gradients.map(\.shape) == weights.map(\.shape)
        && squares.map(\.shape) == weights.map(\.shape),
      "gradients \(gradients.map(\.shape)) for weights \(weights.map(\.shape))")
    let update = update
    for i in weights.indices {
      let workspace = weights[i].workspace
      weights[i].withUnsafeMutableBuffer { w in
        squares[i].withUnsafeMutableBuffer { s in
          steps[i].withUnsafeMutableBuffer { a in
            gradients[i].withUnsafeBuffer { g in
              workspace.parallelRuns(of: w.count, each: elementRun) { start, count in
                update(start..<start + count, w, s, a, g, learningRate)
              }
            }
          }
        }
      }
    }
  }

  /// What one step does to a run of numbers.
  private var update: Update { Update(rho: rho, epsilon: epsilon) }
}

/// The step, number by number.
private struct Update: Sendable {
  let rho: Float
  let epsilon: Float

  func callAsFunction(
    _ range: Range<Int>, _ w: UnsafeMutableBufferPointer<Float>,
    _ s: UnsafeMutableBufferPointer<Float>, _ a: UnsafeMutableBufferPointer<Float>,
    _ g: UnsafeBufferPointer<Float>, _ rate: Float
  ) {
    // Eight at a time, and the last few in a vector that is only partly looked at; no contraction, so
    // the bits are those of one at a time.
    let rest = 1 - rho
    for start in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
      let lanes = min(8, range.upperBound - start)
      func load(_ p: UnsafeBufferPointer<Float>) -> SIMD8<Float> {
        var v = SIMD8<Float>.zero
        for lane in 0..<lanes { v[lane] = p[start + lane] }
        return v
      }
      func store(_ v: SIMD8<Float>, _ p: UnsafeMutableBufferPointer<Float>) {
        for lane in 0..<lanes { p[start + lane] = v[lane] }
      }
      let gradient = load(g)
      let square = load(UnsafeBufferPointer(s)) * rho + gradient * gradient * rest
      let past = load(UnsafeBufferPointer(a))
      let delta = (past + epsilon).squareRoot() / (square + epsilon).squareRoot() * gradient
      store(square, s)
      store(past * rho + delta * delta * rest, a)
      store(load(UnsafeBufferPointer(w)) - delta * rate, w)
    }
  }
}
