import CKernels

/// Elements a shard computes; fixed, and a multiple of what one group of random numbers fills.
let elementRun = 16384

extension Tensor {
  typealias Map = @convention(c) (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  typealias Zip =
    @convention(c) (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int
    ) -> Void

  /// One output element for each element.
  func mapped(_ body: (UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void) -> Tensor {
    let result = Tensor(unfilled: shape, in: workspace)
    let (source, out) = (storage.floats, result.storage.floats)
    withExtendedLifetime(self) {
      workspace.parallelRuns(of: count, each: elementRun) { start, count in
        body(source + start, out + start, count)
      }
    }
    return result
  }

  /// One output element for each pair of elements.
  func zipped(
    _ other: Tensor,
    _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) -> Void
  ) -> Tensor {
    precondition(
      shape == other.shape, "tensors of shapes \(shape) and \(other.shape) do not go together")
    let result = Tensor(unfilled: shape, in: workspace)
    let (left, right, out) = (storage.floats, other.storage.floats, result.storage.floats)
    withExtendedLifetime((self, other)) {
      workspace.parallelRuns(of: count, each: elementRun) { start, count in
        body(left + start, right + start, out + start, count)
      }
    }
    return result
  }

  private var kernels: ck_kernels { workspace.kernels.pointee }

  /// The sum of equally shaped tensors.
  public static func + (a: Tensor, b: Tensor) -> Tensor { a.zipped(b, a.kernels.add) }
  /// The difference of equally shaped tensors.
  public static func - (a: Tensor, b: Tensor) -> Tensor { a.zipped(b, a.kernels.subtract) }
  /// The product of equally shaped tensors, element by element.
  public static func * (a: Tensor, b: Tensor) -> Tensor { a.zipped(b, a.kernels.multiply) }
  /// The quotient of equally shaped tensors, element by element.
  public static func / (a: Tensor, b: Tensor) -> Tensor { a.zipped(b, a.kernels.divide) }

  /// Every element times a number.
  public static func * (a: Tensor, factor: Float) -> Tensor {
    let scale = a.kernels.scale
    return a.mapped { scale($0, factor, $1, $2) }
  }

  /// Every element plus a number.
  public static func + (a: Tensor, offset: Float) -> Tensor {
    let shift = a.kernels.shift
    return a.mapped { shift($0, offset, $1, $2) }
  }

  /// `self + scale·other`, each element one fused multiply-add.
  public func adding(_ other: Tensor, scaledBy scale: Float) -> Tensor {
    let add = kernels.add_scaled
    return zipped(other) { add($0, $1, scale, $2, $3) }
  }

  /// Each element brought into a range; what is not a number stays.
  public func clamped(to range: ClosedRange<Float>) -> Tensor {
    let clamp = kernels.clamp
    return mapped { clamp($0, range.lowerBound, range.upperBound, $1, $2) }
  }

  /// −1, 0 or 1 for each element; the sign of ±0 is 0.
  public func sign() -> Tensor { mapped(kernels.sign) }
  /// The absolute value of each element.
  public func magnitudes() -> Tensor { mapped(kernels.magnitude) }
  /// The square root of each element, correctly rounded.
  public func squareRoots() -> Tensor { mapped(kernels.square_root) }
  /// e to the power of each element, within 1 unit in the last place.
  public func exponentials() -> Tensor { mapped(kernels.exponential) }
  /// The natural logarithm of each element, within 1 unit in the last place.
  public func logarithms() -> Tensor { mapped(kernels.logarithm) }
  /// log(1 + eˣ) of each element, within 3 units in the last place.
  public func softplus() -> Tensor { mapped(kernels.softplus) }
  /// 1 / (1 + e⁻ˣ) of each element, within 3 units in the last place.
  public func sigmoid() -> Tensor { mapped(kernels.sigmoid) }
  /// The hyperbolic tangent of each element, within 4 units in the last place.
  public func hyperbolicTangents() -> Tensor { mapped(kernels.hyperbolic_tangent) }
}
