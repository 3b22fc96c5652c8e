/// (x − mean) / deviation, the same two numbers for all elements.
///
/// A first layer for networks that were made for standardised pixels: attacks in front of it keep
/// their ε in pixel units.
public struct Standardise: Layer, Hashable {
  /// What is taken off.
  public let mean: Float
  /// What the rest is divided by, above 0.
  public let deviation: Float

  /// A layer with these two numbers.
  public init(mean: Float, deviation: Float) {
    precondition(deviation > 0, "a deviation of \(deviation) is not above 0")
    (self.mean, self.deviation) = (mean, deviation)
  }

  /// There are no weights.
  public var weightShapes: [[Int]] { [] }

  /// The standardised input; the way back divides.
  public func forward(_ x: Tensor, _ weights: ArraySlice<Tensor>, _: Mode) -> Pass {
    Pass(output: infer(x, weights)) { dy, wanted in
      (wanted.includesInput ? dy * (1 / deviation) : nil, [])
    }
  }

  /// The output alone.
  public func infer(_ x: Tensor, _: ArraySlice<Tensor>) -> Tensor { (x + -mean) * (1 / deviation) }
}
