import Contract
import Kernels

/// A threat model that bounds how far an image may move, in one norm.
///
/// It knows how to *project*, how to take the *steepest step*, and where a *random start* lies, so
/// that attacks never ask for the norm.
package protocol NormBall: ThreatModel, Piece {
  /// What captions say of it, such as `ε = 0.25, not clipped`.
  var words: String { get }
  /// ε, the most an image may move, in the ball's own unit.
  var radius: Float { get }

  /// The step of length `size` that raises a linear function with that gradient most, whether or not it
  /// leaves the box; `x, gradient: [n, features]`, and rows do not see each other.
  func steepestStep(from x: Tensor, along gradient: Tensor, size: Float) -> Tensor

  /// Values brought into the box 0…1, for a ball that has one.
  func clipped(_ x: Tensor) -> Tensor

  /// A random point of the ball around each row of `center: [n, features]`.
  ///
  /// `positions` are the rows' places in their set: the point of an image depends on its place and the
  /// seed alone, not on who shares its batch.
  func randomStart(around center: Tensor, positions: [Int], seed: Seed) -> Tensor
}
