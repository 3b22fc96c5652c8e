import CKernels

/// The largest of a few adjacent channels at each pixel: maxout on top of a convolution.
///
/// Goodfellow and others (2013), section 2. `x: [n, units·pieces·pixels]`, channels
/// `u·pieces ..< u·pieces + pieces` for unit u; `y: [n, units·pixels]`. Of equal channels the first
/// wins, and only the winner gets a gradient.
public struct MaxoutChannels: Layer, Hashable {
  /// Channels of `y`.
  public let units: Int
  /// Channels of which a unit takes the largest, at most 255.
  public let pieces: Int
  /// Pixels of a channel.
  public let pixels: Int

  /// A layer of these sizes.
  public init(units: Int, pieces: Int, pixels: Int) {
    precondition(
      units > 0 && pixels > 0 && (1...255).contains(pieces),
      "\(units) units of \(pieces) channels with \(pixels) pixels are no maxout")
    (self.units, self.pieces, self.pixels) = (units, pieces, pixels)
  }

  /// There are no weights.
  public var weightShapes: [[Int]] { [] }

  /// The output, and the way back to the winners.
  public func forward(_ x: Tensor, _: ArraySlice<Tensor>, _: Mode) -> Pass {
    let shape = x.shape
    let winners = Storage(bytes: x.rowCount * units * pixels, in: x.workspace)
    return Pass(output: largest(x, winners: winners)) { dy, wanted in
      (wanted.includesInput ? back(dy, to: shape, winners) : nil, [])
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _: ArraySlice<Tensor>) -> Tensor { largest(x, winners: nil) }

  private var unitsPerShard: Int { max(1, elementRun / (pieces * pixels)) }

  private func largest(_ x: Tensor, winners: Storage?) -> Tensor {
    precondition(
      x.rowLength == units * pieces * pixels,
      "images of shape \(x.shape) were given where [n, \(units * pieces * pixels)] belong")
    let y = Tensor(unfilled: [x.rowCount, units * pixels], in: x.workspace)
    let (source, out, chosen) = (x.storage.floats, y.storage.floats, winners?.bytes)
    let kernel = x.workspace.kernels.pointee.maxout_select
    withExtendedLifetime((x, winners)) {
      x.workspace.parallelRuns(of: x.rowCount * units, each: unitsPerShard) { unit, count in
        let to = unit * pixels
        kernel(source + to * pieces, count, pixels, pieces, out + to, chosen.map { $0 + to })
      }
    }
    return y
  }

  private func back(_ dy: Tensor, to shape: [Int], _ winners: Storage) -> Tensor {
    let expected = [shape[0], units * pixels]
    precondition(
      dy.shape == expected, "a gradient of shape \(dy.shape) came back to \(expected)")
    let dx = Tensor(unfilled: shape, in: dy.workspace)
    let (source, out, chosen) = (dy.storage.floats, dx.storage.floats, winners.bytes)
    let kernel = ConvolutionTable(dy.workspace.simd).pointee.spread
    withExtendedLifetime((dy, winners)) {
      dy.workspace.parallelRuns(of: shape[0] * units, each: unitsPerShard) { unit, count in
        let from = unit * pixels
        kernel(source + from, chosen + from, count, pieces, pixels, out + from * pieces)
      }
    }
    return dx
  }
}
