import CKernels

/// The largest element of each window of each plane.
///
/// `x: [n, channels·height·width]`, `y: [n, channels·outHeight·outWidth]`. Windows may overlap, and
/// hang over the lower and right edges, where what is missing is ignored. Of equal elements the first
/// in row-major order wins, and only the winner gets a gradient; gradients that meet in one element
/// add up from +0 in the order of their windows.
public struct MaxPool2D: Layer, Hashable {
  /// Planes of an image.
  public let channels: Int
  /// Rows of a plane.
  public let height: Int
  /// Columns of a plane.
  public let width: Int
  /// Rows and columns of a window, at most 16.
  public let window: Int
  /// Rows and columns from one window to the next, at most `window`.
  public let stride: Int

  /// A layer of these sizes.
  public init(channels: Int, height: Int, width: Int, window: Int, stride: Int) {
    precondition(
      channels > 0 && (1...16).contains(window) && (1...window).contains(stride),
      "windows of \(window)×\(window) at steps of \(stride) do not cover \(channels) channels")
    precondition(
      min(height, width) >= window,
      "a window of \(window)×\(window) does not fit into \(height)×\(width)")
    (self.channels, self.height, self.width) = (channels, height, width)
    (self.window, self.stride) = (window, stride)
  }

  /// Rows of an output plane.
  public var outHeight: Int { (height - window + stride - 1) / stride + 1 }
  /// Columns of an output plane.
  public var outWidth: Int { (width - window + stride - 1) / stride + 1 }

  /// There are no weights.
  public var weightShapes: [[Int]] { [] }

  /// The output, and the way back to the winners.
  public func forward(_ x: Tensor, _: ArraySlice<Tensor>, _: Mode) -> Pass {
    let (shape, workspace) = (x.shape, x.workspace)
    let winners = Storage(bytes: x.rowCount * channels * outHeight * outWidth, in: workspace)
    return Pass(output: largest(x, winners: winners)) { dy, wanted in
      (wanted.includesInput ? back(dy, to: shape, winners) : nil, [])
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _: ArraySlice<Tensor>) -> Tensor { largest(x, winners: nil) }

  private func largest(_ x: Tensor, winners: Storage?) -> Tensor {
    precondition(
      x.rowLength == channels * height * width,
      "images of shape \(x.shape) were given where [n, \(channels * height * width)] belong")
    let y = Tensor(unfilled: [x.rowCount, channels * outHeight * outWidth], in: x.workspace)
    let (source, out, chosen) = (x.storage.floats, y.storage.floats, winners?.bytes)
    let kernel = ConvolutionTable(x.workspace.simd).pointee.max_pool
    withExtendedLifetime((x, winners)) {
      eachRun(of: x.rowCount * channels, in: x.workspace) { job, plane, planes in
        let (from, to) = (plane * height * width, plane * outHeight * outWidth)
        kernel(job, planes, source + from, out + to, chosen.map { $0 + to })
      }
    }
    return y
  }

  private func back(_ dy: Tensor, to shape: [Int], _ winners: Storage) -> Tensor {
    let expected = [shape[0], channels * outHeight * outWidth]
    precondition(
      dy.shape == expected, "a gradient of shape \(dy.shape) came back to \(expected)")
    let dx = Tensor(unfilled: shape, in: dy.workspace)
    let (source, out, chosen) = (dy.storage.floats, dx.storage.floats, winners.bytes)
    let kernel = ConvolutionTable(dy.workspace.simd).pointee.max_pool_back
    withExtendedLifetime((dy, winners)) {
      eachRun(of: shape[0] * channels, in: dy.workspace) { job, plane, planes in
        let (from, to) = (plane * outHeight * outWidth, plane * height * width)
        kernel(job, planes, source + from, chosen + from, out + to)
      }
    }
    return dx
  }

  /// Shares out planes, about as many at a time as an elementwise operation shares elements.
  private func eachRun(
    of planes: Int, in workspace: Workspace,
    _ body: (_ job: UnsafePointer<ck_pooling>, _ plane: Int, _ planes: Int) -> Void
  ) {
    let job = ck_pooling(
      height: height, width: width, window: window, stride: stride, out_height: outHeight,
      out_width: outWidth)
    withUnsafePointer(to: job) { job in
      workspace.parallelRuns(of: planes, each: max(1, elementRun / (height * width))) {
        body(job, $0, $1)
      }
    }
  }
}
