/// Each pixel as a square of equal pixels: the way from a small image to a large one in a decoder.
///
/// `x: [n, channels·height·width]`, `y: [n, channels·(factor·height)·(factor·width)]`. The gradient of
/// a pixel is the sum over its square, row by row from +0.
public struct Upsample2D: Layer, Hashable {
  /// Planes of an image.
  public let channels: Int
  /// Rows of a plane.
  public let height: Int
  /// Columns of a plane.
  public let width: Int
  /// Rows and columns of the square that a pixel becomes.
  public let factor: Int

  /// A layer of these sizes.
  public init(channels: Int, height: Int, width: Int, factor: Int = 2) {
    precondition(
      channels > 0 && height > 0 && width > 0 && factor > 0,
      "\(channels) planes of \(height)×\(width) cannot grow \(factor) times")
    (self.channels, self.height, self.width, self.factor) = (channels, height, width, factor)
  }

  /// There are no weights.
  public var weightShapes: [[Int]] { [] }
  /// Numbers of an input.
  public var inputCount: Int { channels * height * width }
  /// Numbers of an output.
  public var outputCount: Int { inputCount * factor * factor }

  /// The larger images, and the sums over squares for the way back.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    Pass(output: infer(x, weights)) { dy, wanted in (wanted.includesInput ? back(dy) : nil, []) }
  }

  /// The larger images.
  public func infer(_ x: Tensor, _: ArraySlice<Tensor>) -> Tensor {
    precondition(
      x.rowLength == inputCount,
      "images of shape \(x.shape) were given where [n, \(inputCount)] belong")
    let y = Tensor(unfilled: [x.rowCount, outputCount], in: x.workspace)
    let (source, out) = (x.storage.floats, y.storage.floats)
    withExtendedLifetime(x) {
      eachRow(of: x.rowCount, in: x.workspace) { row in
        let from = source + row * width
        let to = out + row * width * factor * factor
        for j in 0..<width {
          for k in 0..<factor { to[j * factor + k] = from[j] }
        }
        for i in 1..<factor {
          (to + i * width * factor).update(from: to, count: width * factor)
        }
      }
    }
    return y
  }

  private func back(_ dy: Tensor) -> Tensor {
    precondition(
      dy.rowLength == outputCount,
      "a gradient of shape \(dy.shape) came back to [n, \(outputCount)]")
    let dx = Tensor(unfilled: [dy.rowCount, inputCount], in: dy.workspace)
    let (source, out) = (dy.storage.floats, dx.storage.floats)
    withExtendedLifetime(dy) {
      eachRow(of: dy.rowCount, in: dy.workspace) { row in
        let from = source + row * width * factor * factor
        let to = out + row * width
        for j in 0..<width {
          var sum: Float = 0
          for i in 0..<factor {
            for k in 0..<factor { sum += from[i * width * factor + j * factor + k] }
          }
          to[j] = sum
        }
      }
    }
    return dx
  }

  /// Shares out the rows of all planes of so many images.
  private func eachRow(of images: Int, in workspace: Workspace, _ body: (_ row: Int) -> Void) {
    let rows = images * channels * height
    workspace.parallelRuns(of: rows, each: max(1, elementRun / (width * factor * factor))) {
      first, count in
      for row in first..<first + count { body(row) }
    }
  }
}
