/// Sets whole channels of an image to 0 at random in training, and multiplies the others by `scale`.
///
/// Channel c of row n is addressed by n·channels + c, otherwise as in `Dropout`: the chance is a
/// multiple of 2⁻¹⁶, and in inference this is the identity. `x: [n, channels·pixels]`.
public struct ChannelDropout: Layer, Hashable {
  /// Planes of an image.
  public let channels: Int
  /// The chance of being kept, 0…1.
  public let keep: Float
  /// The factor of what is kept.
  public let scale: Float

  /// A layer that keeps this share and scales it so.
  public init(channels: Int, keep: Float, scale: Float) {
    precondition(channels > 0, "an image of \(channels) channels has none to drop")
    precondition((0...1).contains(keep), "a chance of \(keep) is not between 0 and 1")
    (self.channels, self.keep, self.scale) = (channels, keep, scale)
  }

  /// There are no weights.
  public var weightShapes: [[Int]] { [] }

  /// The kept channels in training, and all of them in inference.
  public func forward(_ x: Tensor, _: ArraySlice<Tensor>, _ mode: Mode) -> Pass {
    guard case .training(let seed) = mode else {
      return Pass(output: x) { dy, wanted in (wanted.includesInput ? dy : nil, []) }
    }
    let mask = mask(x, seed)
    return Pass(output: masked(x, mask)) { dy, wanted in
      (wanted.includesInput ? masked(dy, mask) : nil, [])
    }
  }

  /// The input itself.
  public func infer(_ x: Tensor, _: ArraySlice<Tensor>) -> Tensor { x }

  /// 1 for each channel that is kept and 0 for each other, `[n·channels]`.
  private func mask(_ x: Tensor, _ seed: Seed) -> Tensor {
    precondition(
      x.rowLength % channels == 0, "rows of shape \(x.shape) are not \(channels) equal channels")
    let ones = x.workspace.tensor([x.rowCount * channels]) + 1
    return Dropout(keep: keep, scale: 1).forward(ones, [], .training(seed)).output
  }

  private func masked(_ x: Tensor, _ mask: Tensor) -> Tensor {
    let pixels = x.rowLength / channels
    let result = Tensor(unfilled: x.shape, in: x.workspace)
    let (source, kept, out) = (x.storage.floats, mask.storage.floats, result.storage.floats)
    let kernel = x.workspace.kernels.pointee.scale
    withExtendedLifetime((x, mask)) {
      x.workspace.parallelRuns(of: mask.count, each: max(1, elementRun / max(pixels, 1))) {
        first, count in
        for channel in first..<first + count {
          let start = channel * pixels
          if kept[channel] == 0 {
            (out + start).update(repeating: 0, count: pixels)
          } else {
            kernel(source + start, scale, out + start, pixels)
          }
        }
      }
    }
    return result
  }
}
