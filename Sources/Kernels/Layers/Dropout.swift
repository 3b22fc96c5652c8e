/// Sets elements to 0 at random in training, and multiplies the kept ones by `scale`.
///
/// Whether an element is kept depends on the seed and on its index in the batch alone. The chance
/// is a multiple of 2⁻¹⁶: 0.8 is kept with 52429/65536. In inference this is the identity.
public struct Dropout: Layer, Hashable {
  /// The chance of being kept, 0…1.
  public let keep: Float
  /// The factor of what is kept; Goodfellow's maxout recipe takes 1 for inputs (keep 0.8) and 2 for
  /// hidden layers (keep 0.5).
  public let scale: Float

  /// A layer that keeps this share and scales it so.
  public init(keep: Float, scale: Float) {
    precondition((0...1).contains(keep), "a chance of \(keep) is not between 0 and 1")
    self.keep = keep
    self.scale = scale
  }

  /// There are no weights.
  public var weightShapes: [[Int]] { [] }

  /// The kept elements in training, and all of them in inference.
  public func forward(_ x: Tensor, _: ArraySlice<Tensor>, _ mode: Mode) -> Pass {
    guard case .training(let seed) = mode else {
      return Pass(output: x) { dy, wanted in (wanted.includesInput ? dy : nil, []) }
    }
    return Pass(output: masked(x, seed)) { dy, wanted in
      (wanted.includesInput ? masked(dy, seed) : nil, [])
    }
  }

  /// The input itself.
  public func infer(_ x: Tensor, _: ArraySlice<Tensor>) -> Tensor { x }

  /// The mask is drawn anew for the way back, which is cheaper than keeping it.
  private func masked(_ x: Tensor, _ seed: Seed) -> Tensor {
    let threshold = UInt32((keep * 65536).rounded())
    let kernel = x.workspace.kernels.pointee.dropout
    let result = Tensor(unfilled: x.shape, in: x.workspace)
    let (source, out) = (x.storage.floats, result.storage.floats)
    withExtendedLifetime(x) {
      x.workspace.parallelRuns(of: x.count, each: elementRun) { start, count in
        kernel(seed.key, UInt64(start), threshold, scale, source + start, out + start, count)
      }
    }
    return result
  }
}
