import Kernels

/// Images as x = (tanh w + 1)/2 of free variables w, so that no step can leave the box 0…1.
///
/// Carlini & Wagner 2017, §V.B.
enum TanhSpace {
  /// How far towards ±1 black and white are taken to be.
  ///
  /// At ±1 itself arctanh is infinite, and tanh has no slope by which a pixel could ever move.
  static let shrink: Float = 0.999999

  /// The variables of images in 0…1: arctanh y = ½·log((1 + y)/(1 − y)) of y = shrink·(2x − 1).
  static func variables(of x: Tensor) -> Tensor {
    let y = (x * 2 + -1) * shrink
    return ((y + 1) / (y * -1 + 1)).logarithms() * 0.5
  }

  /// The images of variables, and ∂x/∂w of each pixel, ½(1 − tanh² w).
  static func images(of variables: Tensor) -> (x: Tensor, slope: Tensor) {
    let t = variables.hyperbolicTangents()
    let above = t + 1
    // As a product, because 1 − t² loses what is left of it where t is nearly 1.
    return (above * 0.5, (above * (t * -1 + 1)) * 0.5)
  }
}
