/// The search of one image for the smallest weight c with which its attack succeeds.
///
/// Carlini & Wagner 2017, §VI.A. c grows tenfold until it succeeds for the first time, as in the
/// authors' program, then the span between the largest failure and the smallest success is halved.
struct ConstantSearch: Hashable {
  /// The weight to be tried now.
  private(set) var constant: Double
  /// How many weights may still be tried, this one included.
  private(set) var stepsLeft: Int
  private var largestFailure = 0.0
  private var smallestSuccess = Double.infinity

  /// A search of so many steps, from a weight on.
  init(from constant: Double, steps: Int) {
    (self.constant, stepsLeft) = (constant, steps)
  }

  /// Chooses the next weight by whether the attack succeeded with this one.
  ///
  /// What counts is whether any iterate made with this weight did, not the last of them, nor one made
  /// with another.
  mutating func conclude(succeeded: Bool) {
    stepsLeft -= 1
    if succeeded {
      smallestSuccess = min(smallestSuccess, constant)
    } else {
      largestFailure = max(largestFailure, constant)
    }
    constant =
      smallestSuccess.isFinite ? (largestFailure + smallestSuccess) / 2 : constant * 10
  }
}
